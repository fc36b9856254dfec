import { unheardMails } from "@/lib/jobs/mail-batches";
import { type Settled, settleMails } from "@/lib/jobs/settle-mails";
import { mailsQueuedBefore, type WaitingMail } from "@/lib/jobs/waiting-mails";
import { deliveryDeadline } from "@/lib/mail/rules";

const AT_ONCE = 200;

/**
 * Gives up some of the mails that could not be delivered for too long, so that an administrator sees them. Links to sign
 * in have been over for days, and nobody wants them any more.
 * @returns how many; call again until there are none
 */
export async function giveUpOldMails(now: Date): Promise<number> {
  const old = await mailsQueuedBefore(deliveryDeadline(now), AT_ONCE);
  if (old.length === 0) return 0;
  const unheard = await unheardMails(old.map(({ id }) => id));
  const codeOf = ({ id }: WaitingMail) => (unheard.has(id) ? "unknown" : "too-old");
  await settleMails(
    old.map((mail) => givenUp(mail, codeOf(mail))),
    null,
    now,
  );
  return old.length;
}

/** The outcome of a mail that is tried no more: its failure, but nothing for a link to sign in. */
export const givenUp = (mail: WaitingMail, code: "too-old" | "unknown"): Settled =>
  mail.mail.message === "admin-sign-in" ? { mail, is: "nothing" } : { mail, is: "failed", code };
