import { deliveryDeadline, TOO_OLD, UNKNOWN } from "@/lib/mail/rules";
import { type Settled, settleMails } from "@/lib/mail/sending/settle";
import { mailsQueuedBefore, type WaitingMail } from "@/lib/mail/sending/waiting";

const AT_ONCE = 200;

/**
 * Gives up some of the mails that could not be delivered for too long, so that an administrator sees them.
 * @returns how many; call again until there are none
 */
export async function giveUpOldMails(now: Date): Promise<number> {
  const old = await mailsQueuedBefore(deliveryDeadline(now), AT_ONCE);
  await settleMails(
    old.map((mail) => givenUp(mail, mail.unheardAt ? UNKNOWN : TOO_OLD)),
    now,
  );
  return old.length;
}

/** The outcome of a mail that is tried no more: its failure, but nothing for a link to sign in, which nobody wants by then. */
export const givenUp = (mail: WaitingMail, code: string): Settled =>
  mail.mail.message === "admin-sign-in" ? { mail, is: "nothing" } : { mail, is: "failed", code };
