import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";

type ConfirmSignatureProps = {
  frame: FrameProps;
  letters: LetterLinesProps[];
  words: { intro: string; open: string; expiry: string; notYou: string };
};

/** Asks the owner of a mailbox to confirm what waits there, in no words that a visitor typed. */
export function ConfirmSignature({ frame, letters, words }: ConfirmSignatureProps) {
  return (
    <Frame
      {...frame}
      before={
        <>
          <Paragraph>{words.intro}</Paragraph>
          {letters.map((letter) => (
            <LetterLines key={letter.title} {...letter} />
          ))}
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
