import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";
import { Reason } from "@/emails/reason";

type SignatureStandingProps = {
  frame: FrameProps;
  letter: LetterLinesProps;
  /** The reason of a rejection; null for any other standing. */
  reason: string | null;
  words: { intro: string; standing: string; nothing: string; after: string[] };
};

/** Tells somebody who signs again how the first signature stands. */
export function SignatureStanding({ frame, letter, reason, words }: SignatureStandingProps) {
  return (
    <Frame
      {...frame}
      before={
        <>
          <Paragraph>{words.intro}</Paragraph>
          <LetterLines {...letter} />
          <Paragraph>{words.standing}</Paragraph>
          {reason && <Reason>{reason}</Reason>}
          <Paragraph>{words.nothing}</Paragraph>
        </>
      }
      after={words.after.map((text) => <Paragraph key={text}>{text}</Paragraph>)}
    />
  );
}
