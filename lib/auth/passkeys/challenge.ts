import type { Session } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

const CHALLENGE_MS = 5 * 60_000;

/**
 * Keeps the challenge of a ceremony that begins; an earlier one is void.
 * @throws DomainError `conflict` where the session has ended
 */
export async function keepChallenge(session: Session, challenge: string, now: Date): Promise<void> {
  const { count } = await db.adminSession.updateMany({
    where: { id: session.id },
    data: { challenge, challengeExpiresAt: new Date(now.getTime() + CHALLENGE_MS) },
  });
  if (count === 0) throw new DomainError("conflict");
}

/**
 * Takes the challenge of the ceremony under way, before its answer is judged: no answer counts twice, not even a wrong
 * one, and of two at once only one is heard.
 * @throws DomainError `stale` where there is none or it is too old
 */
export async function takeChallenge(session: Session, now: Date): Promise<string> {
  const [taken] = await db.$queryRaw<{ challenge: string }[]>`
    WITH taken AS (
      SELECT id, challenge FROM admin_session
      WHERE id = ${session.id}::uuid AND challenge IS NOT NULL AND challenge_expires_at > ${now}
      FOR UPDATE
    )
    UPDATE admin_session s SET challenge = NULL, challenge_expires_at = NULL
    FROM taken WHERE s.id = taken.id
    RETURNING taken.challenge`;
  if (!taken) throw new DomainError("stale");
  return taken.challenge;
}
