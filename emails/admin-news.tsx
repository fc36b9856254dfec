import { Frame, type FrameProps, Paragraph } from "@/emails/frame";

export type AdminNewsProps = { frame: FrameProps; before: string[]; after: string[] };

/** What somebody who runs the site should hear, around the one link. */
export function AdminNews({ frame, before, after }: AdminNewsProps) {
  return (
    <Frame
      {...frame}
      before={before.map((text) => <Paragraph key={text}>{text}</Paragraph>)}
      after={after.map((text) => <Paragraph key={text}>{text}</Paragraph>)}
    />
  );
}
