import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/**
 * Locks mails until the transaction ends, in the order of their ids. Anyone who changes several mails locks them first, and
 * signatures before them: so nobody waits in a circle.
 */
export async function lockMails(tx: Tx, ids: string[]): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM mail WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}

export async function lockMailsAbout(tx: Tx, signatureIds: string[]): Promise<void> {
  const of = (column: "mailbox_hash" | "address_hash") =>
    Prisma.sql`(SELECT ${Prisma.raw(column)} FROM signature WHERE id = ANY(${signatureIds}::uuid[]))`;
  await tx.$queryRaw`
    SELECT 1 FROM mail WHERE signature_id = ANY(${signatureIds}::uuid[]) OR mailbox_hash IN ${of("mailbox_hash")}
      OR state = 'HELD' AND address_hash IN ${of("address_hash")}
    ORDER BY id FOR UPDATE`;
}
