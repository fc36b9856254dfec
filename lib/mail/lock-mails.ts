import type { Tx } from "@/lib/db/client";

/**
 * Locks mails until the transaction ends, in the order of their ids. Whoever changes several mails locks them first, and
 * signatures before them: so nobody waits in a circle.
 */
export async function lockMails(tx: Tx, ids: string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM mail WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}

/** The same for all mails about signatures that are locked. */
export async function lockMailsAbout(tx: Tx, signatureIds: string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM mail WHERE signature_id = ANY(${signatureIds}::uuid[]) ORDER BY id FOR UPDATE`;
}
