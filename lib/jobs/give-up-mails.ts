import { settleMails } from "@/lib/jobs/settle-mails";
import { mailsQueuedBefore, type WaitingMail } from "@/lib/jobs/waiting-mails";
import { deliveryDeadline } from "@/lib/mail/rules";

const AT_ONCE = 200;

/**
 * Gives up the mails that could not be delivered for too long, so that an administrator sees them. Links to sign in
 * have been over for days, and nobody wants them any more.
 * @returns how many
 */
export async function giveUpOldMails(now: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const old = await mailsQueuedBefore(deliveryDeadline(now), AT_ONCE);
    if (old.length === 0) return total;
    await settleMails(old.map(givenUp), null, now);
    total += old.length;
  }
}

const givenUp = (mail: WaitingMail) =>
  mail.mail.message === "admin-sign-in"
    ? { mail, is: "nothing" as const }
    : { mail, is: "failed" as const, code: "too-old" };
