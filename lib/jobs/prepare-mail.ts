import { env } from "@/lib/env";
import type { NoMail } from "@/lib/jobs/ready-mail";
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
  /** Our own failure; the mail is looked at again later. */
  | { is: "unreadable"; error: unknown };

/**
 * Reads and renders a waiting mail: the same bytes for as long as what it speaks of is the same.
 * One that cannot be read is told apart, so that it holds up no other.
 */
export async function prepareMail(waiting: WaitingMail, now: Date): Promise<Prepared> {
  try {
    return await prepare(waiting, now);
  } catch (error) {
    if (error instanceof PermanentMailError) return { is: "wrong", code: error.code };
    return { is: "unreadable", error };
  }
}

async function prepare({ id, mail }: WaitingMail, now: Date): Promise<Prepared> {
  const ready =
    mail.message === "admin-sign-in" ? await signInMail(mail, now) : await signatureMail(mail, now);
  if (typeof ready === "string") return { is: ready };
  const rendered = await renderMail(ready.content, ready.locale);
  return { is: "mail", mail: addressedMail({ id, ...rendered, to: ready.to, from: env().mailFrom }) };
}
