import { adminById } from "@/lib/auth/admin";
import type { Context } from "@/lib/auth/context";
import { canDo } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { noteLetter } from "@/lib/letters/change-letter";

/**
 * Ends an administrator's links to drafts of letters that they may no longer edit. Call it after the change
 * of rights.
 */
export async function endPreviewsOf(tx: Tx, context: Context, adminId: string): Promise<void> {
  const admin = await adminById(adminId, tx);
  const working = { adminId, revokedAt: null, expiresAt: { gt: context.now } };
  const links = await tx.previewLink.findMany({ where: working, select: { id: true, letterId: true } });
  for (const { id, letterId } of links) {
    if (admin && canDo(admin, "letter.edit", letterId)) continue;
    await tx.previewLink.update({ where: { id }, data: { revokedAt: context.now }, select: { id: true } });
    await noteLetter(tx, context, letterId, "letter.preview-revoked", { link: id });
  }
}
