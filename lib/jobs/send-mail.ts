import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { MailJob } from "@/lib/jobs/queue";
import { signInMail } from "@/lib/jobs/sign-in-mail";
import { signatureMail } from "@/lib/jobs/signature-mail";
import { deliver } from "@/lib/mail/deliver";
import { PermanentMailError, TemporaryMailError } from "@/lib/mail/outcomes";
import { renderMail } from "@/lib/mail/render";

/** A mail job as it was fetched. */
export type MailAttempt = { id: string; mail: MailJob; last: boolean };

/**
 * Sends a queued mail and records its outcome. Does nothing for one that was sent already, and for one that has
 * nothing to say any more.
 *
 * A process may die between the provider's yes and our record; then the next attempt sends the same bytes under the
 * same key, and a provider that honours keys sends nothing.
 * @throws TemporaryMailError to be tried again
 */
export async function sendMail(attempt: MailAttempt, now: Date): Promise<void> {
  const earlier = await db.delivery.findUnique({ where: { id: attempt.id }, select: { status: true } });
  if (earlier?.status === "SENT") return;
  const { mail } = attempt;
  const ready =
    mail.message === "admin-sign-in" ? await signInMail(mail, now) : await signatureMail(mail, now);
  if (!ready) return;
  const rendered = await renderMail(ready.content, ready.locale);
  try {
    const { providerId } = await deliver({
      ...rendered,
      to: ready.to,
      from: env().mailFrom,
      idempotencyKey: attempt.id,
    });
    await record(attempt, { status: "SENT", providerId, error: null, at: now });
  } catch (error) {
    await failed(attempt, error, now);
  }
}

async function failed(attempt: MailAttempt, error: unknown, now: Date): Promise<void> {
  const permanent = error instanceof PermanentMailError;
  const exhausted = error instanceof TemporaryMailError && attempt.last;
  if (!permanent && !exhausted) throw error;
  await record(attempt, { status: "FAILED", providerId: null, error: error.code, at: now });
}

type Outcome = { status: "SENT" | "FAILED"; providerId: string | null; error: string | null; at: Date };

async function record({ id, mail }: MailAttempt, outcome: Outcome): Promise<void> {
  const signatureId = "signatureId" in mail ? mail.signatureId : null;
  const row = { id, message: mail.message, signatureId, ...outcome };
  await db.delivery.upsert({ where: { id }, create: row, update: outcome, select: { id: true } });
}
