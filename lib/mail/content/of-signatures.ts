import type { ReactElement } from "react";
import { ConfirmSignature } from "@/emails/confirm-signature";
import { SignatureNews } from "@/emails/signature-news";
import { SignatureRejected } from "@/emails/signature-rejected";
import { SignatureStanding } from "@/emails/signature-standing";
import type { Translate } from "@/lib/i18n/translator";
import type { MailedSignature, Of, OwnMessage } from "@/lib/mail/content/content";
import { type Around, frame, lines, under } from "@/lib/mail/content/frame";
import { SHOW_WAIT_HOURS } from "@/lib/signatures/own/rules";

export function confirmSignature(
  content: Of<"confirm-signature">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { letters, linkDays, eraseDays } = content;
  const say = under(t, content.message);
  const words = {
    intro: say("intro", { count: letters.length }),
    open: say("open"),
    expiry: say("expiry", { days: linkDays }),
    notYou: say("notYou", { days: eraseDays }),
  };
  return ConfirmSignature({
    frame: frame(content, locale, t, say("button"), around),
    letters: letters.map((letter) => lines(letter, t)),
    words,
  });
}

export function signatureStanding(
  content: Of<"signature-standing">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { letter, state } = content;
  const say = under(t, content.message);
  const standing = state === "REJECTED" ? state : `${state}.${placeOf(content)}`;
  const words = {
    ...{ intro: say("intro"), standing: say(standing), nothing: say("nothing") },
    after: [t("private")],
  };
  const reason = state === "REJECTED" ? content.reason : null;
  return SignatureStanding({
    frame: frame(content, locale, t, t("manage"), around),
    letter: lines(letter, t),
    reason,
    words,
  });
}

export function signatureRejected(
  content: Of<"signature-rejected">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { letter, reason } = content;
  const say = under(t, content.message);
  const words = {
    ...{ intro: say("intro"), reason: say("reason"), effect: say("effect") },
    after: [t("reply"), t("private")],
  };
  return SignatureRejected({
    frame: frame(content, locale, t, t("manage"), around),
    letter: lines(letter, t),
    reason,
    words,
  });
}

type News = Of<"signature-approved" | "signature-corrected" | "signature-expert">;

export function news(content: News, locale: string, t: Translate, around: Around): ReactElement {
  const say = under(t, content.message);
  const words = {
    ...{ intro: say("intro"), effect: say(effectOf(content)) },
    after: [...(content.message === "signature-approved" ? [say("own")] : []), t("reply"), t("private")],
  };
  return SignatureNews({
    frame: frame(content, locale, t, t("manage"), around),
    letters: [lines(content.letter, t)],
    words,
  });
}

export function own(content: Of<OwnMessage>, locale: string, t: Translate, around: Around): ReactElement {
  const say = under(t, content.message);
  const { message } = content;
  const gone = message === "signature-withdrawn" || message === "address-moved";
  const asks = message === "address-confirm" || message === "address-asked";
  const button = content.noted ? say("removeLine") : gone ? t("read") : asks ? say("button") : t("manage");
  const as = content.shown ? `.${content.shown}` : content.noted ? "Noted" : "";
  return SignatureNews({
    frame: frame(content, locale, t, button, around),
    letters: [lines(content.letter, t)],
    words: {
      ...{ intro: say("intro"), effect: say(`effect${as}`, { hours: SHOW_WAIT_HOURS.afterMail }) },
      after: gone ? [t("reply")] : [say(`after${as}`), t("private")],
    },
  });
}

/** It is about all signatures of a mailbox. */
export function linksEnded(
  content: Of<"links-ended">,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { letters } = content;
  const say = under(t, content.message);
  return SignatureNews({
    frame: frame(content, locale, t, t("manage"), around),
    letters: letters.map((letter) => lines(letter, t)),
    words: {
      ...{ intro: say("intro", { count: letters.length }), effect: say("effect") },
      after: [say("after"), t("private")],
    },
  });
}

const placeOf = ({ shown, concealed, down }: Pick<MailedSignature, "shown" | "concealed" | "down">) =>
  concealed ? "concealed" : !shown ? "withheld" : down ? "down" : "public";

function effectOf(content: News): string {
  const { message, approved } = content;
  const place = placeOf(content);
  if (message === "signature-corrected") return approved && place === "public" ? "public" : "other";
  return message === "signature-expert" && !approved ? `waiting.${place}` : place;
}
