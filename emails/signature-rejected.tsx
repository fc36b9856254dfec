import { Frame, type FrameProps, Paragraph } from "@/emails/frame";
import { LetterLines, type LetterLinesProps } from "@/emails/letter-lines";
import { Reason } from "@/emails/reason";

type SignatureRejectedProps = {
  frame: FrameProps;
  letter: LetterLinesProps;
  /** In the moderator's words. */
  reason: string;
  words: { intro: string; reason: string; effect: string; after: string[] };
};

/** Tells a signatory why the signature was not accepted. */
export function SignatureRejected({ frame, letter, reason, words }: SignatureRejectedProps) {
  return (
    <Frame
      {...frame}
      before={
        <>
          <Paragraph>{words.intro}</Paragraph>
          <LetterLines {...letter} />
          <Paragraph>{words.reason}</Paragraph>
          <Reason>{reason}</Reason>
          <Paragraph>{words.effect}</Paragraph>
        </>
      }
      after={words.after.map((text) => <Paragraph key={text}>{text}</Paragraph>)}
    />
  );
}
