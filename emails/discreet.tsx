import { Frame, type FrameProps, Paragraph } from "@/emails/frame";

type DiscreetProps = { frame: FrameProps; paragraphs: string[] };

/** Says what to do, and neither about which letter, of whom, nor what has happened. */
export function Discreet({ frame, paragraphs: [first = "", ...others] }: DiscreetProps) {
  return (
    <Frame
      {...frame}
      before={<Paragraph>{first}</Paragraph>}
      after={others.map((text) => <Paragraph key={text}>{text}</Paragraph>)}
    />
  );
}
