import type { DataKey } from "@/lib/encryption/cipher";
import type { MailContent } from "@/lib/mail/content/content";
import type { LetterSender } from "@/lib/mail/sending/sender";

/** A mail that can be rendered and sent: to whom, in which language, saying what. */
export type ReadyMail = {
  to: string;
  locale: string;
  content: MailContent;
  /** Who stands behind the letters that it is about; nobody for mails to administrators. */
  letters: LetterSender[];
  key: DataKey;
  /** Keyed hash of the address's spelling; null where nothing stops its mails. */
  recipient: string | null;
  /** The whole address of the page that stops mails like it, for those that visitors can cause. */
  stop?: string;
  /** Whether it names nobody, in its sender and at its end either. */
  discreet?: true;
};
