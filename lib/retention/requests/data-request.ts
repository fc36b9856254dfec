import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { byAdmin } from "@/lib/auth/context";
import { type Database, db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { nameRequest, readRequest, type Wanted } from "@/lib/retention/requests/request-name";
import { addressHash, spellingHash } from "@/lib/signatures/claim";
import { lockSignatures } from "@/lib/signatures/engine/subject";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { type OwnData, ownFile, withHistory } from "@/lib/signatures/own/own-data";
import { signaturesWhere } from "@/lib/signatures/own/own-signatures";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";

/** An owner who answers somebody's request about their data. */
export type Asking = {
  admin: Admin;
  /** Whether they have just confirmed that it is them. */
  confirmed: boolean;
  now: Date;
};

/** The same of a request that was begun; `only` is one of its signatures. */
export type Asked = Asking & { request: string; only?: string };

/**
 * Begins a request: finds by its hash whether anything is stored under an address. Decrypts nothing.
 * @returns its name; null where nothing is stored
 * @throws DomainError `not-confirmed`, `forbidden`
 */
export async function findPerson({ email, ...asking }: Asking & { email: string }): Promise<string | null> {
  const wanted = { addressHash: addressHash(email), spellingHash: spellingHash(email) };
  const signatures = await db.$transaction(async (tx) => {
    await assertAsked(tx, asking);
    const count = await tx.signature.count({ where: heldBy(wanted) });
    await note(tx, asking, { action: "data.find", signatures: count });
    return count;
  });
  return signatures > 0 ? nameRequest(asking.admin.id, email, asking.now) : null;
}

/** All that is stored of the person, for the owner to read. @throws DomainError `stale`, `not-confirmed`, `forbidden` */
export async function personData(asked: Asked, locale: string): Promise<OwnData[]> {
  await assertAsked(db, asked);
  return withHistory(await signaturesWhere(await chosen(asked), locale, asked.now));
}

/** The same as the file that signatories download themselves. @throws DomainError as above */
export async function exportPerson(asked: Asked, locale: string): Promise<ReturnType<typeof ownFile>> {
  const data = await personData(asked, locale);
  await db.$transaction((tx) => note(tx, asked, { action: "data.export", signatures: data.length }));
  return ownFile(data, asked.now);
}

/**
 * Erases the person, or one of their signatures: it is withdrawn, and the mailbox is told.
 * @returns how many were erased; one that somebody withdrew at the same moment is passed over
 * @throws DomainError as above, `not-found` for a signature that is not theirs
 */
export async function erasePerson(asked: Asked): Promise<number> {
  await assertAsked(db, asked);
  const rows = await db.signature.findMany({
    where: await chosen(asked),
    orderBy: { id: "asc" },
    select: { id: true },
  });
  if (asked.only && rows.length === 0) throw new DomainError("not-found");
  let erased = 0;
  try {
    for (const { id } of rows) if (await eraseOne({ ...asked, only: id })) erased += 1;
  } finally {
    await db.$transaction((tx) => note(tx, asked, { action: "data.erase", signatures: erased }));
    await tryToNoteErasures();
  }
  return erased;
}

/** Whether a request still finds anything. @throws DomainError `stale` */
export async function isAnythingLeft(asked: Asked): Promise<boolean> {
  return (await db.signature.count({ where: await chosen(asked) })) > 0;
}

/** One transaction each: locks are taken in one order by everybody, signatures before letters. */
async function eraseOne(asked: Asked & { only: string }): Promise<boolean> {
  const { only: id, admin, now } = asked;
  try {
    await db.$transaction(async (tx) => {
      await lockSignatures(tx, [id]);
      await assertStillMay(tx, admin, "data.manage");
      // It may have moved to another address meanwhile.
      if ((await tx.signature.count({ where: await chosen(asked) })) === 0) throw new DomainError("conflict");
      await withdrawSignature(tx, id, "signature.withdraw", byAdmin(admin, now));
    });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === "conflict") return false;
    throw error;
  }
}

/** Whatever its state: all that is not erased, also where only the public record is left. */
const heldBy = (wanted: Wanted) => ({
  OR: [{ addressHash: wanted.addressHash }, { spellingHash: wanted.spellingHash }],
  key: { isNot: null },
});

async function chosen({ admin, request, only, now }: Asked) {
  const wanted = readRequest(admin.id, request, now);
  if (!wanted) throw new DomainError("stale");
  return { ...heldBy(wanted), ...(only && { id: only }) };
}

async function assertAsked(database: Database, { admin, confirmed }: Asking): Promise<void> {
  await assertStillMay(database, admin, "data.manage");
  if (!confirmed) throw new DomainError("not-confirmed");
}

/** Says what was done and how much of it, and of whom nothing. */
async function note(tx: Tx, { admin, now }: Asking, line: { action: string; signatures: number }) {
  const { action, signatures } = line;
  await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action, details: { signatures } });
}
