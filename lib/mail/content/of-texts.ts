import type { ReactElement } from "react";
import { ChangedText } from "@/emails/changed-text";
import type { Translate } from "@/lib/i18n/translator";
import type { Of } from "@/lib/mail/content/content";
import { type Around, dateWords, frame, lines, under } from "@/lib/mail/content/frame";

type OfText = Of<"text-changed" | "text-confirm" | "text-reminder">;

export function changedText(content: OfText, locale: string, t: Translate, around: Around): ReactElement {
  const { message, letter, reason, difference, answerBy, late, zone } = content;
  const say = under(t, message);
  const shared = under(t, "text");
  const asked = message !== "text-changed";
  const date = answerBy && dateWords(answerBy, zone, locale, t);
  const effect = asked
    ? [say("effect"), late ? shared("late") : date ? shared("date", { date }) : ""]
    : [say("effect")];
  return ChangedText({
    frame: frame(content, locale, t, say("button"), around),
    letter: lines(letter, t),
    reason,
    blocks: difference.blocks,
    words: {
      intro: say("intro"),
      reason: shared("reason"),
      changes: shared("changes"),
      more: difference.more > 0 ? shared("more", { count: difference.more }) : null,
      effect: effect.filter(Boolean),
      after: [shared("withdraw"), shared("private")],
      marks: { added: shared("added"), removed: shared("removed"), moved: shared("moved") },
    },
  });
}
