import { Frame, type FrameProps, Paragraph } from "@/emails/frame";

type AdminSignInProps = {
  frame: FrameProps;
  words: { intro: string; expiry: string; notYou: string };
};

/** Gives a moderator the link to sign in with. */
export function AdminSignIn({ frame, words }: AdminSignInProps) {
  return (
    <Frame
      {...frame}
      before={<Paragraph>{words.intro}</Paragraph>}
      after={
        <>
          <Paragraph>{words.expiry}</Paragraph>
          <Paragraph>{words.notYou}</Paragraph>
        </>
      }
    />
  );
}
