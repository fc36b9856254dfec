import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";

export type SignatureCorrectedProps = {
  frame: FrameProps;
  letter: LetterLinesProps;
  words: { intro: string; effect: string; reply: string };
};

/** Tells a signatory that a moderator has corrected what is shown. */
export function SignatureCorrected({ frame, letter, words }: SignatureCorrectedProps) {
  return (
    <Frame
      {...frame}
      before={
        <>
          <Paragraph>{words.intro}</Paragraph>
          <LetterLines {...letter} />
          <Paragraph>{words.effect}</Paragraph>
        </>
      }
      after={<Paragraph>{words.reply}</Paragraph>}
    />
  );
}
