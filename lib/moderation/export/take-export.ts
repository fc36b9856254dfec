import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { auditHead } from "@/lib/audit/audit-head";
import { writeAudit } from "@/lib/audit/write-audit";
import { assertPermitted } from "@/lib/auth/assert-may";
import { byAdmin } from "@/lib/auth/context";
import { isConfirmed } from "@/lib/auth/rules";
import type { WholeSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { DomainError } from "@/lib/errors";
import { readPieces } from "@/lib/moderation/export/pieces";
import { fileKind, isDelicate } from "@/lib/moderation/export/rules";

export type TakenFile = { name: string; type: string; bytes: number; stream: Readable };

/**
 * Opens a file for the one who asked for it, and writes down that it was taken.
 * @param headOnly whether only what it is called and how long it is is asked for: then it is not taken, and holds nothing
 * @throws DomainError `not-found` for everybody else's, `stale` where it is over, `forbidden`, `not-confirmed`
 */
export async function takeExport(
  { admin, mfa }: WholeSession,
  id: string,
  now: Date,
  headOnly = false,
): Promise<TakenFile> {
  const file = await db.exportFile.findFirst({
    where: { id, adminId: admin.id },
    include: { letter: { select: { slug: true } }, _count: { select: { parts: true } } },
  });
  if (!file || file.state === "RUNNING" || file.state === "FAILED") throw new DomainError("not-found");
  const { letterId, format, key } = file;
  const delicate = isDelicate(file);
  await assertPermitted(db, byAdmin(admin, now).actor, delicate ? "export.hidden" : "export.make", letterId);
  const over = file.state !== "DONE" || !file.expiresAt || file.expiresAt <= now;
  if (over || !key || file._count.parts !== file.pieces) throw new DomainError("stale");
  if (delicate && !isConfirmed(mfa, now)) throw new DomainError("not-confirmed");
  const { hidden, columns } = file;
  const kind = fileKind({ slug: file.letter.slug, format, columns, hidden, at: file.createdAt });
  const about = { ...kind, bytes: Number(file.bytes) };
  if (headOnly) return { ...about, stream: Readable.from([]) };
  const head = auditHead(byAdmin(admin, now));
  const details = { ...head.details, file: id, hidden, columns };
  await db.$transaction(async (tx) => {
    // Whoever goes now finds it taken, or has taken its key.
    const taken = await tx.exportFile.updateMany({
      where: { id, state: "DONE", key },
      data: { takenAt: file.takenAt ?? now },
    });
    if (taken.count === 0) throw new DomainError("stale");
    await writeAudit(tx, { ...head, action: "export.take", letterId, details });
  });
  const pieces = Readable.from(readPieces(id, decryptDataKey(id, key), file.pieces));
  const stream = format === "XLSX" ? pieces : pipeline(pieces, createGunzip(), () => undefined);
  return { ...about, stream };
}
