import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";

type SignatureNewsProps = {
  frame: FrameProps;
  letters: LetterLinesProps[];
  words: { intro: string; effect: string; after: string[] };
};

/** Tells a signatory what became of the signature: approved, corrected, accepted as an expert’s, hidden, withdrawn. */
export function SignatureNews({ frame, letters, words }: SignatureNewsProps) {
  return (
    <Frame
      {...frame}
      before={
        <>
          <Paragraph>{words.intro}</Paragraph>
          {letters.map((letter) => (
            <LetterLines key={`${letter.title} ${letter.signature?.name}`} {...letter} />
          ))}
          <Paragraph>{words.effect}</Paragraph>
        </>
      }
      after={words.after.map((text) => <Paragraph key={text}>{text}</Paragraph>)}
    />
  );
}
