import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Html } from "@react-email/html";
import { Section } from "@react-email/section";
import { Text } from "@react-email/text";
import type { ReactNode } from "react";
import { STYLES, styleSheet } from "@/emails/styles";

/** What every mail has: its language, its heading, one link, and why it was sent. All texts are translated already. */
export type FrameProps = {
  lang: string;
  dir: "ltr" | "rtl";
  heading: string;
  /** What the mail is for; the address stands in plain beneath the button. */
  link: { label: string; url: string; plain: string };
  why: string;
  /** The site's own accent on light and dark ground; the program's where it has none. */
  accent?: Record<"light" | "dark", { accent: string; on: string }>;
  /** Stops mails like this one, at the end. */
  stop?: { label: string; url: string };
  /** Who stands behind it: organiser, contact, and the pages that say more. */
  about?: { organiser: string; contact: string | null; pages: { label: string; url: string }[] };
};

/** One style for all mails: no pictures, nothing fetched, nothing that tells the sender who reads. */
export function Frame({
  lang,
  dir,
  heading,
  link,
  why,
  stop,
  about,
  accent,
  before,
  after,
}: FrameProps & { before: ReactNode; after?: ReactNode }) {
  return (
    <Html lang={lang} dir={dir}>
      <Head>
        <title>{heading}</title>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{styleSheet(accent?.dark)}</style>
      </Head>
      <Body className="paper ink" style={STYLES.paper} lang={lang} dir={dir}>
        <Container style={STYLES.column} dir={dir}>
          <Heading as="h1" className="ink" style={STYLES.heading}>
            {heading}
          </Heading>
          {before}
          <Link {...link} accent={accent?.light} />
          {after}
          <Quiet>{why}</Quiet>
          {stop && <FootLink {...stop} />}
          {about && <About {...about} />}
        </Container>
      </Body>
    </Html>
  );
}

type LinkProps = FrameProps["link"] & { accent?: { accent: string; on: string } };

function Link({ label, url, plain, accent }: LinkProps) {
  const own = accent && { backgroundColor: accent.accent, color: accent.on };
  return (
    <Section style={{ marginTop: "24px" }}>
      <Section data-skip-in-text="true">
        <Button className="button" href={url} style={{ ...STYLES.button, ...own }}>
          {label}
        </Button>
        <Text className="quiet" style={{ ...STYLES.quiet, margin: "12px 0 0" }}>
          {plain}
        </Text>
      </Section>
      <Text className="quiet" style={STYLES.address}>
        <bdi dir="ltr">{url}</bdi>
      </Text>
    </Section>
  );
}

function About({ organiser, contact, pages }: NonNullable<FrameProps["about"]>) {
  return (
    <>
      {organiser && <Quiet>{organiser}</Quiet>}
      {contact && <Quiet>{contact}</Quiet>}
      {pages.map((page) => (
        <FootLink key={page.url} {...page} />
      ))}
    </>
  );
}

function FootLink({ label, url }: { label: string; url: string }) {
  return (
    <Text className="quiet" style={STYLES.quiet}>
      <a className="quiet" href={url} style={{ ...STYLES.quiet, textDecoration: "underline" }}>
        {label}
      </a>
    </Text>
  );
}

/** A paragraph. */
export function Paragraph({ children }: { children: string }) {
  return (
    <Text className="ink" style={STYLES.text}>
      {children}
    </Text>
  );
}

/** A paragraph that matters less. */
function Quiet({ children }: { children: string }) {
  return (
    <Text className="quiet" style={STYLES.quiet}>
      {children}
    </Text>
  );
}
