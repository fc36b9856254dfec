import { translator } from "@/lib/i18n/translator";
import { contactAddress } from "@/lib/mail/contact-address";
import { type LetterSender, senderOf, subjectAbout } from "@/lib/mail/sending/sender";
import type { Site } from "@/lib/site/rules";

/** What somebody looks for in their mailbox: the name that mail programs show, the address behind it, the subject. */
export type AnnouncedMail = {
  sender: string | null;
  address: string;
  subject: string /** Of a discreet one. */;
  discreet: string;
};

/** The mail that asks to confirm a letter's signature, as it will stand in the mailbox. */
export function announcedMail(
  letter: LetterSender & { title: string },
  site: Site,
  locale: string,
): AnnouncedMail {
  const t = translator(locale, "mail");
  const { name } = senderOf([letter], site, locale, t);
  return {
    sender: name,
    address: contactAddress(),
    subject: subjectAbout("confirm-signature", letter.title, t),
    discreet: t("discreet-confirm.heading"),
  };
}
