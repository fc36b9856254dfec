import type { FrameProps } from "@/emails/frame";
import type { LetterLinesProps } from "@/emails/letter-lines";
import { direction } from "@/lib/i18n/locales";
import { untilWords, zoneName } from "@/lib/i18n/site-time";
import type { Translate } from "@/lib/i18n/translator";
import type { MailContent, MailedLetter } from "@/lib/mail/content/content";
import { pageAddress, type Sender } from "@/lib/mail/sending/sender";
import { accentShades } from "@/lib/site/accent/rules";

/** What stands at the end of a mail. */
export type Around = { stop?: string; about?: Sender["about"] };

/** The words of one kind of mail. */
export const under =
  (t: Translate, message: string): Translate =>
  (key, values) =>
    t(`${message}.${key}`, values);

/** Which letter, and which of several signatures, a mail is about. */
export const lines = (
  { title, organiserName, locale, signatory }: MailedLetter,
  t: Translate,
): LetterLinesProps => ({
  ...{ title, organiserName, lang: locale, dir: direction(locale) },
  signature: signatory ? { label: t("signatureOf"), name: signatory } : undefined,
});

export function dateWords(at: Date, zone: string, locale: string, t: Translate): string {
  const { endOf, ...words } = untilWords(zone, at, locale);
  return t(endOf ? "text.until.endOf" : "text.until.time", { ...words, zone: zoneName(zone, locale) });
}

/** Why a mail was sent that no signature caused. */
const WHY: Partial<Record<MailContent["message"], string>> = {
  "admin-sign-in": "admin",
  "test-email": "test",
  "confirm-objection": "objection",
  "objection-decided": "objection",
  "discreet-confirm": "discreet",
  "discreet-news": "discreet",
  "discreet-answer": "discreet",
  "discreet-check": "discreet",
  "discreet-withdrawn": "discreet",
  "discreet-moved": "discreet",
  "admin-invitation": "invitation",
  "admin-notice": "notice",
};

/** What is around the words of every mail. */
export function frame(
  { message, link }: MailContent,
  locale: string,
  t: Translate,
  label: string,
  { stop, about }: Around,
): FrameProps {
  return {
    lang: locale,
    dir: direction(locale),
    heading: t(`${message}.heading`),
    link: { label, url: link, plain: t("plain") },
    why: t(`why.${WHY[message] ?? "signature"}`),
    stop: stop ? { label: t("stop"), url: stop } : undefined,
    accent: about && about.hue !== null ? accentShades(about.hue) : undefined,
    about: about && {
      organiser: about.organiser && t("about.organiser", { organiser: about.organiser }),
      contact: about.contact && t("about.contact", { contact: about.contact }),
      pages: about.pages.map((page) => ({ label: t(`about.${page}`), url: pageAddress(page, locale) })),
    },
  };
}
