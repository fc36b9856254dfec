import type { ReactElement } from "react";
import { SignatureNews } from "@/emails/signature-news";
import type { Translate } from "@/lib/i18n/translator";
import type { Of } from "@/lib/mail/content/content";
import { type Around, frame, lines, under } from "@/lib/mail/content/frame";
import { DECISION_DAYS } from "@/lib/objections/rules";

type OfObjection = Of<"signature-objected" | "confirm-objection" | "objection-decided">;

export function objected(content: OfObjection, locale: string, t: Translate, around: Around): ReactElement {
  const say = under(t, content.message);
  const { message } = content;
  const words =
    message === "confirm-objection"
      ? {
          intro: say("intro"),
          effect: say("effect", { days: content.decisionDays }),
          after: [say("notYou", { days: content.linkDays })],
        }
      : message === "objection-decided"
        ? { intro: say("intro"), effect: say(content.outcome), after: [t("reply")] }
        : {
            intro: say("intro"),
            effect: say("effect", { days: DECISION_DAYS }),
            after: [...(content.concealed ? [say("hidden")] : []), say("mine"), t("private")],
          };
  return SignatureNews({
    frame: frame(content, locale, t, say("button"), around),
    letters: [lines(content.letter, t)],
    words,
  });
}
