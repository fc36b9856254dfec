import { env } from "@/lib/env";
import { VaultError } from "@/lib/errors";
import type { NoMail, ReadyMail } from "@/lib/jobs/ready-mail";
import { signInMail } from "@/lib/jobs/sign-in-mail";
import { signatureMail } from "@/lib/jobs/signature-mail";
import type { WaitingMail } from "@/lib/jobs/waiting-mails";
import { addressedMail } from "@/lib/mail/deliver";
import type { SealedMail } from "@/lib/mail/envelope";
import { PermanentMailError } from "@/lib/mail/outcomes";
import { renderMail } from "@/lib/mail/render";

/** What a waiting mail has come to: a mail for the provider, nothing to send, or something that is wrong with it. */
export type Prepared =
  | { is: "mail"; mail: SealedMail }
  | { is: NoMail }
  | { is: "wrong"; code: string }
  /** Our own failure with this mail, whatever the others are like. */
  | { is: "unreadable"; error: unknown };

/**
 * Reads and renders a waiting mail: the same bytes for as long as what it speaks of is the same.
 * One that cannot be opened or rendered is told apart, so that it holds up no other.
 * @throws what reading throws besides: a database that fails says nothing about a mail
 */
export async function prepareMail({ id, mail }: WaitingMail, now: Date): Promise<Prepared> {
  try {
    const ready =
      mail.message === "admin-sign-in" ? await signInMail(mail, now) : await signatureMail(mail, now);
    return typeof ready === "string" ? { is: ready } : await written(id, ready);
  } catch (error) {
    if (error instanceof VaultError) return { is: "unreadable", error };
    throw error;
  }
}

/** Asks nobody: what fails here is about this mail. */
async function written(id: string, { content, locale, to, stop }: ReadyMail): Promise<Prepared> {
  try {
    const rendered = await renderMail(content, locale, stop);
    // RFC 2369. A page is behind it, not the one click of RFC 8058: mail programs post that without an Origin.
    const headers = stop ? { "List-Unsubscribe": `<${stop}>` } : undefined;
    return { is: "mail", mail: addressedMail({ id, ...rendered, to, from: env().mailFrom, headers }) };
  } catch (error) {
    if (error instanceof PermanentMailError) return { is: "wrong", code: error.code };
    return { is: "unreadable", error };
  }
}
