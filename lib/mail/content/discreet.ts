import type { ReactElement } from "react";
import { Discreet } from "@/emails/discreet";
import type { Translate } from "@/lib/i18n/translator";
import type { DiscreetMessage, Of } from "@/lib/mail/content/content";
import { type Around, dateWords, frame, under } from "@/lib/mail/content/frame";
import { KEPT_DAYS, LINK_DAYS } from "@/lib/retention/rules";
import { SHOW_WAIT_HOURS } from "@/lib/signatures/own/rules";

export function discreet(
  content: Of<DiscreetMessage>,
  locale: string,
  t: Translate,
  around: Around,
): ReactElement {
  const { message, answerBy, zone } = content;
  const say = under(t, message);
  const date = answerBy && dateWords(answerBy, zone, locale, t);
  const rest =
    message === "discreet-confirm"
      ? [say("expiry", { days: LINK_DAYS }), say("notYou", { days: KEPT_DAYS.unconfirmed })]
      : message === "discreet-withdrawn" || message === "discreet-moved"
        ? [say("notYou")]
        : [
            message === "discreet-answer" && date && say("date", { date }),
            message === "discreet-check" && say("soon", { hours: SHOW_WAIT_HOURS.afterMail }),
            t("discreet-forward"),
          ];
  return Discreet({
    frame: frame(content, locale, t, say("button"), around),
    paragraphs: [say("intro"), ...rest].filter((text) => typeof text === "string"),
  });
}
