import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";

type SignatureNewsProps = {
  frame: FrameProps;
  letter: LetterLinesProps;
  words: { intro: string; effect: string; reply: string };
};

/** Tells a signatory what a moderator has done: approved the signature, corrected it, accepted the credentials. */
export function SignatureNews({ frame, letter, words }: SignatureNewsProps) {
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
