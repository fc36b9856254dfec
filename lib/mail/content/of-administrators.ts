import type { ReactElement } from "react";
import { AdminNews } from "@/emails/admin-news";
import { AdminSignIn } from "@/emails/admin-sign-in";
import { TestEmail } from "@/emails/test-email";
import type { Translate } from "@/lib/i18n/translator";
import type { Of } from "@/lib/mail/content/content";
import { type Around, frame, under } from "@/lib/mail/content/frame";

export function adminSignIn(
  content: Of<"admin-sign-in">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const say = under(t, content.message);
  const words = {
    intro: say("intro"),
    expiry: say("expiry", { minutes: content.linkMinutes }),
    notYou: say("notYou"),
  };
  return AdminSignIn({ frame: frame(content, locale, t, say("button"), around), words });
}

export function testEmail(
  content: Of<"test-email">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const say = under(t, content.message);
  const words = { intro: say("intro"), look: say("look") };
  return TestEmail({ frame: frame(content, locale, t, say("button"), around), words });
}

export function adminInvitation(
  content: Of<"admin-invitation">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { message, role, reach, secondFactor } = content;
  const say = under(t, message);
  return AdminNews({
    frame: frame(content, locale, t, say("button"), around),
    before: [
      say("intro"),
      say(`role.${role}`),
      ...(reach === null ? [] : [say("letters", { count: reach })]),
      say("first"),
    ],
    after: [...(secondFactor ? [say("passkey")] : []), say("notYou")],
  });
}

export function adminNotice(
  content: Of<"admin-notice">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { message, queues } = content;
  const say = under(t, message);
  const kinds = ["signatures", "reports", "changes"] as const;
  const lines = queues.flatMap(({ title, ...waiting }) =>
    kinds.flatMap((kind) => (waiting[kind] > 0 ? say(kind, { letter: title, count: waiting[kind] }) : [])),
  );
  return AdminNews({
    frame: frame(content, locale, t, say("button"), around),
    before: [say("intro"), ...lines],
    after: [say("choose")],
  });
}
