import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";

export type SignatureExpertProps = {
  frame: FrameProps;
  letter: LetterLinesProps;
  words: { intro: string; effect: string; reply: string };
};

/** Tells a signatory that the credentials were accepted. */
export function SignatureExpert({ frame, letter, words }: SignatureExpertProps) {
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
