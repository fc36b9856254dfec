import { SECOND_CLICK_MS } from "@/lib/abuse/limits/limits";
import { bySignatory } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { type Asking, askForMail } from "@/lib/signatures/ask-for-mail";
import { type Claimed, mailboxHash, networkHash, wideNetworkHash } from "@/lib/signatures/claim";
import { wasJustMailed } from "@/lib/signatures/confirmation-link";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { expiryTime, holdAfterRepeat } from "@/lib/signatures/rules";
import type { HoldReason } from "@/prisma/generated/enums";

type Repeated = {
  id: string;
  /** Whether it holds a claim; else it waits for its confirmation. */
  confirmed: boolean;
  hold: HoldReason | null;
  unchecked: boolean;
  expiresAt: Date;
};

/**
 * Locks what a submission repeats: the confirmed signature that holds its claim, else the pending one with the same
 * content; null where there is none.
 */
export async function lockRepeated(
  tx: Tx,
  { claim, digest }: Claimed,
  versionId: string,
): Promise<Repeated | null> {
  const [found] = await tx.$queryRaw<Repeated[]>`
    SELECT g.id, g.claim IS NOT NULL AS confirmed, g.hold::text AS hold, g.unchecked,
      g.expires_at AS "expiresAt"
    FROM signature g
    WHERE g.claim = ${claim} OR g.letter_version_id = ${versionId}::uuid AND g.content_digest = ${digest}
    ORDER BY g.claim NULLS LAST LIMIT 1 FOR UPDATE OF g`;
  return found ?? null;
}

/** What a repeat does ("Who may sign how often"): it changes nothing, and a mail says what to do once the limits allow it. */
export async function repeatSignature(tx: Tx, repeated: Repeated, claimed: Claimed): Promise<void> {
  // Towards the stricter alone: anyone else who repeats it can make its emails say less, and nothing more.
  if (claimed.input.discreet)
    await tx.signature.update({ where: { id: repeated.id }, data: { discreet: true }, select: { id: true } });
  await (repeated.confirmed ? repeatConfirmed(tx, repeated, claimed) : repeatWaiting(tx, repeated, claimed));
}

async function repeatConfirmed(tx: Tx, { id }: Repeated, claimed: Claimed): Promise<void> {
  if (claimed.mails) await askForMail(tx, { ...askingOf(claimed), standing: id }, claimed.now);
}

/**
 * What an equal submission does while the first one waits: it waits as long as a new one, leaves hold where this
 * one would be in none, and gets a fresh link once the mail limits allow it. What it says stays as it is.
 */
async function repeatWaiting(tx: Tx, waiting: Repeated, claimed: Claimed): Promise<void> {
  const { now, network } = claimed;
  const hold = holdAfterRepeat(waiting.hold, claimed.hold);
  const better = hold !== waiting.hold;
  const hashed = (hash: (network: string) => string) => (network ? hash(network) : null);
  const unchecked = waiting.unchecked && claimed.unchecked;
  const expiresAt = expiryTime(now);
  const isLater = expiresAt.getTime() - waiting.expiresAt.getTime() > SECOND_CLICK_MS;
  // Nothing for a second click, which waits for the first one's lock already.
  if (isLater || better || unchecked !== waiting.unchecked)
    await tx.signature.update({
      where: { id: waiting.id },
      data: {
        expiresAt,
        unchecked,
        networkHash: better ? hashed(networkHash) : undefined,
        wideNetworkHash: better ? hashed(wideNetworkHash) : undefined,
      },
      select: { id: true },
    });
  if (better) await changeHold(tx, waiting.id, hold, now);
  const isNews = better || unchecked !== waiting.unchecked;
  if (claimed.mails && (isNews || !(await wasJustMailed(tx, mailboxHash(claimed.input.email), now))))
    await askForMail(tx, askingOf(claimed), now);
}

async function changeHold(tx: Tx, id: string, hold: HoldReason | null, now: Date): Promise<void> {
  const [subject] = await lockSubjects(tx, [id]);
  const repeated = { action: "signature.repeat", after: { hold } };
  if (subject) await applyChange(tx, { subject, ...repeated }, bySignatory(now));
}

export const askingOf = ({ input, network, unchecked, checked }: Claimed): Asking => ({
  email: input.email,
  networkHash: network ? wideNetworkHash(network) : null,
  unchecked,
  checked,
});
