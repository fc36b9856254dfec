import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";
import { Reason } from "@/emails/reason";
import { STYLES } from "@/emails/styles";

/** A run of words, and what became of it. */
export type ChangedPart = { kind: "same" | "moved" | "added" | "removed"; text: string };

export type ChangedTextProps = {
  frame: FrameProps;
  letter: LetterLinesProps;
  /** Why, in the organiser's words; null where nothing was said. */
  reason: string | null;
  /** What changed, paragraph by paragraph, in the letter's language. */
  blocks: { parts: ChangedPart[] }[];
  words: {
    intro: string;
    reason: string;
    changes: string;
    /** How many changes are left out; null where all are here. */
    more: string | null;
    effect: string[];
    after: string[];
    /** Read around words that changed. */
    marks: Record<"added" | "removed" | "moved", string>;
  };
};

/** Tells a signatory what changed in the text that they signed, and what that means for their signature. */
export function ChangedText({ frame, letter, reason, blocks, words }: ChangedTextProps) {
  return (
    <Frame
      {...frame}
      before={
        <>
          <Paragraph>{words.intro}</Paragraph>
          <LetterLines {...letter} />
          {reason && <Paragraph>{words.reason}</Paragraph>}
          {reason && <Reason>{reason}</Reason>}
          <Paragraph>{words.changes}</Paragraph>
          <Section className="rule" style={STYLES.letter}>
            {blocks.map(({ parts }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
              <Text key={place} className="ink" style={STYLES.changed} lang={letter.lang} dir={letter.dir}>
                {parts.map((part, of) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
                  <Part key={of} part={part} next={parts[of + 1]?.kind} marks={words.marks} />
                ))}
              </Text>
            ))}
          </Section>
          {words.more && <Paragraph>{words.more}</Paragraph>}
          {words.effect.map((text) => (
            <Paragraph key={text}>{text}</Paragraph>
          ))}
        </>
      }
      after={words.after.map((text) => <Paragraph key={text}>{text}</Paragraph>)}
    />
  );
}

/** Marked in words too: the text part and many mail programs know no strokes. */
function Part({
  part: { kind, text },
  next,
  marks,
}: {
  part: ChangedPart;
  next?: ChangedPart["kind"];
  marks: ChangedTextProps["words"]["marks"];
}) {
  if (kind === "same") return text;
  const words = `[${marks[kind]} ${text.trim()}]`;
  const apart = /\s$/.test(text) || (next !== undefined && next !== "same");
  const [before, after] = [/^\s/.test(text) ? " " : "", apart ? " " : ""];
  return (
    <>
      {before}
      {kind === "removed" ? <del>{words}</del> : kind === "added" ? <ins>{words}</ins> : words}
      {after}
    </>
  );
}
