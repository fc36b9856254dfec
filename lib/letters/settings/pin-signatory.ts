import type { Context } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { SETTING_LIMITS } from "@/lib/letters/settings/rules";

/**
 * Names a signatory among the first on a letter's page, after those that are there.
 * @throws DomainError `conflict` where the letter's list does not show it, `full` where there are as many as may be,
 * `not-found`, `forbidden`
 */
export async function pinSignatory(context: Context, slug: string, signatureId: string): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const shown = await tx.publicSignatory.count({ where: { signatureId, letterId: letter.id } });
    if (shown === 0) throw new DomainError("conflict");
    const pinned = await pinnedIds(tx, letter.id);
    if (pinned.includes(signatureId)) return;
    if (pinned.length >= SETTING_LIMITS.pinned) throw new DomainError("full");
    await writeOrder(tx, letter.id, [...pinned, signatureId]);
    await publish("letter.pin");
  });
}

/** Names it no longer among the first. @throws DomainError `not-found`, `forbidden` */
export async function unpinSignatory(context: Context, slug: string, signatureId: string): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const pinned = await pinnedIds(tx, letter.id);
    if (!pinned.includes(signatureId)) throw new DomainError("not-found");
    await writeOrder(
      tx,
      letter.id,
      pinned.filter((id) => id !== signatureId),
    );
    await publish("letter.unpin");
  });
}

/** Names it before the one that it comes after now. @throws DomainError `not-found`, `forbidden` */
export async function raiseSignatory(context: Context, slug: string, signatureId: string): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const pinned = await pinnedIds(tx, letter.id);
    const place = pinned.indexOf(signatureId);
    if (place < 0) throw new DomainError("not-found");
    if (place === 0) return;
    const others = pinned.filter((id) => id !== signatureId);
    await writeOrder(tx, letter.id, others.toSpliced(place - 1, 0, signatureId));
    await publish("letter.pin-order");
  });
}

/** The letter's row is locked: nobody else changes them now. */
async function pinnedIds(tx: Tx, letterId: string): Promise<string[]> {
  const rows = await tx.pinnedSignatory.findMany({ where: { letterId }, orderBy: { position: "asc" } });
  return rows.map((row) => row.signatureId);
}

async function writeOrder(tx: Tx, letterId: string, ids: string[]): Promise<void> {
  await tx.pinnedSignatory.deleteMany({ where: { letterId } });
  await tx.pinnedSignatory.createMany({
    data: ids.map((signatureId, position) => ({ signatureId, letterId, position })),
  });
}
