import { render, toPlainText } from "@react-email/render";
import type { ReactElement } from "react";
import type { FrameProps } from "@/emails/frame";
import { type Translate, translator } from "@/lib/i18n/translator";
import type { MailContent } from "@/lib/mail/content/content";
import { mailElement } from "@/lib/mail/content/element";
import type { Around } from "@/lib/mail/content/frame";
import { subjectAbout } from "@/lib/mail/sending/sender";

type RenderedMail = { subject: string; html: string; text: string };

/**
 * Renders a mail: the same bytes for the same content and language, whenever it is asked.
 * @param locale of the texts around the letter's own words
 * @param around what stands at its end: how to stop mails like it, and who stands behind it
 */
export async function renderMail(
  content: MailContent,
  locale: string,
  around: Around = {},
): Promise<RenderedMail> {
  const t = translator(locale, "mail");
  const element = mailElement(content, locale, t, around);
  const html = await render(element);
  const headings = { selector: "h1", options: { uppercase: false } };
  return {
    subject: subjectOf(content, t),
    html,
    text: withLabel(`${toPlainText(html, { selectors: [headings] })}\n`, element),
  };
}

/** In text there is no button: what its link does stands above it. */
function withLabel(text: string, { props }: ReactElement<unknown>): string {
  const { label, url } = (props as Pick<FrameProps, "link">).link;
  return text.replace(`\n${url}\n`, () => `\n${label}:\n${url}\n`);
}

/** Made of our words and the organiser's alone. */
function subjectOf(content: MailContent, t: Translate): string {
  const letters = "letters" in content ? content.letters : "letter" in content ? [content.letter] : [];
  const [letter, ...others] = letters;
  if (!letter || others.length > 0) return t(`${content.message}.heading`);
  return subjectAbout(content.message, letter.title, t);
}
