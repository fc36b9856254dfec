import { Frame, type FrameProps, Paragraph } from "@/emails/frame";

export type TestEmailProps = { frame: FrameProps; words: { intro: string; look: string } };

/** Shows an owner how the site's mails arrive. */
export function TestEmail({ frame, words }: TestEmailProps) {
  return (
    <Frame
      {...frame}
      before={
        <>
          <Paragraph>{words.intro}</Paragraph>
          <Paragraph>{words.look}</Paragraph>
        </>
      }
    />
  );
}
