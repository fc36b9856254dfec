import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";

export type ConfirmSignatureProps = {
  frame: FrameProps;
  letter: LetterLinesProps;
  words: { intro: string; open: string; expiry: string; notYou: string };
};

/** Asks the owner of a mailbox to confirm a signature, in no words that a visitor typed. */
export function ConfirmSignature({ frame, letter, words }: ConfirmSignatureProps) {
  return (
    <Frame
      {...frame}
      before={
        <>
          <Paragraph>{words.intro}</Paragraph>
          <LetterLines {...letter} />
          <Paragraph>{words.open}</Paragraph>
        </>
      }
      after={
        <>
          <Paragraph>{words.expiry}</Paragraph>
          <Paragraph>{words.notYou}</Paragraph>
        </>
      }
    />
  );
}
