import { render, toPlainText } from "@react-email/render";
import { translator } from "@/lib/i18n/translator";
import { type MailContent, mailElement } from "@/lib/mail/sending/contents";

type RenderedMail = { subject: string; html: string; text: string };

/**
 * Renders a mail: the same bytes for the same content and language, whenever it is asked.
 * @param locale of the texts around the letter's own words
 * @param stop the address of the page that stops mails like it, where there is one
 */
export async function renderMail(content: MailContent, locale: string, stop?: string): Promise<RenderedMail> {
  const t = translator(locale, "mail");
  const html = await render(mailElement(content, locale, t, stop));
  const headings = { selector: "h1", options: { uppercase: false } };
  return {
    subject: t(`${content.message}.subject`),
    html,
    text: `${toPlainText(html, { selectors: [headings] })}\n`,
  };
}
