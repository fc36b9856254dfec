import { writeAudit } from "@/lib/audit/write-audit";
import type { Admin } from "@/lib/auth/admin";
import { assertStillMay } from "@/lib/auth/assert-may";
import { byAdmin } from "@/lib/auth/context";
import { type Database, db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { freeAddress } from "@/lib/mail/free-address";
import {
  eraseObjections,
  type OwnObjection,
  type OwnRule,
  type OwnSuppression,
  objectedBy,
  objectionsOf,
  rulesOf,
  spellingsOf,
  suppressionsOf,
} from "@/lib/retention/requests/other-data";
import { nameRequest, readRequest, type Wanted, wantedAt } from "@/lib/retention/requests/request-name";
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
 * Begins a request: finds by its hashes whether anything is stored under an address. Decrypts nothing.
 * @returns its name; null where nothing is stored
 * @throws DomainError `not-confirmed`, `forbidden`
 */
export async function findPerson({ email, ...asking }: Asking & { email: string }): Promise<string | null> {
  const wanted = wantedAt(email);
  const found = await db.$transaction(async (tx) => {
    await assertAsked(tx, asking);
    const counts = await countOf(tx, wanted);
    await note(tx, asking, "data.find", counts);
    return counts;
  });
  const isStored = Object.values(found).some((count) => count > 0);
  return isStored ? nameRequest(asking.admin.id, wanted, asking.now) : null;
}

/** All that is stored of a person. */
export type PersonData = {
  signatures: OwnData[];
  objections: OwnObjection[];
  suppressions: OwnSuppression[];
  rules: OwnRule[];
};

/**
 * Reads it for the owner; where one signature is asked for, that alone.
 * @throws DomainError `stale`, `not-confirmed`, `forbidden`
 */
export async function personData(asked: Asked, locale: string): Promise<PersonData> {
  await assertAsked(db, asked);
  const wanted = wantedBy(asked);
  const signatures = await withHistory(await signaturesWhere(chosen(asked), locale, asked.now));
  if (asked.only) return { signatures, objections: [], suppressions: [], rules: [] };
  return {
    signatures,
    objections: await objectionsOf(wanted, locale),
    suppressions: await suppressionsOf(db, wanted),
    rules: await rulesOf(db, wanted),
  };
}

/** The same as a file: of signatures as signatories download it themselves. @throws DomainError as above */
export async function exportPerson(asked: Asked, locale: string) {
  const { signatures, objections, suppressions, rules } = await personData(asked, locale);
  const counts = countsOf(signatures.length, objections.length, suppressions.length, rules.length);
  await db.$transaction((tx) => note(tx, asked, "data.export", counts));
  return {
    ...ownFile(signatures, asked.now),
    objections: objections.map(({ id: _, ...objection }) => objection),
    emailsStopped: suppressions,
    blocklist: rules,
  };
}

/**
 * Erases the person, or one of their signatures. A signature is withdrawn, and the mailbox is told. Objections stay without
 * their objector. That emails were stopped stays too: nobody who wants to be forgotten wants emails again. So does a rule
 * of the blocklist, which is removed there.
 * @returns how many signatures were erased; one that somebody withdrew at the same moment is passed over
 * @throws DomainError as above, `not-found` for a signature that is not theirs
 */
export async function erasePerson(asked: Asked): Promise<number> {
  await assertAsked(db, asked);
  const rows = await db.signature.findMany({
    where: chosen(asked),
    orderBy: { id: "asc" },
    select: { id: true },
  });
  if (asked.only && rows.length === 0) throw new DomainError("not-found");
  let erased = 0;
  try {
    for (const { id } of rows) if (await eraseOne({ ...asked, only: id })) erased += 1;
  } finally {
    await db.$transaction(async (tx) => {
      const objections = asked.only ? 0 : await eraseObjections(tx, wantedBy(asked));
      await note(tx, asked, "data.erase", countsOf(erased, objections, 0));
    });
    await tryToNoteErasures();
  }
  return erased;
}

/** Forgets who made one objection, and what they wrote. @throws DomainError as above, `not-found` */
export async function eraseObjection(asked: Asked, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await assertAsked(tx, asked);
    const objections = await eraseObjections(tx, wantedBy(asked), id);
    if (objections === 0) throw new DomainError("not-found");
    await note(tx, asked, "data.erase", countsOf(0, objections, 0));
  });
}

/** Forgets that the address gets no emails: it can have some again. @throws DomainError as above */
export async function eraseSuppressions(asked: Asked): Promise<void> {
  const { admin, now } = asked;
  await db.$transaction(async (tx) => {
    await assertAsked(tx, asked);
    const wanted = wantedBy(asked);
    const { length } = await suppressionsOf(tx, wanted);
    await freeAddress(tx, await spellingsOf(tx, wanted), { at: now, actor: "ADMIN", adminId: admin.id });
    await note(tx, asked, "data.erase", countsOf(0, 0, length));
  });
}

/** Whether a request still finds anything. @throws DomainError `stale` */
export async function isAnythingLeft(asked: Asked): Promise<boolean> {
  const counts = await countOf(db, wantedBy(asked));
  return Object.values(counts).some((count) => count > 0);
}

/** One transaction each: locks are taken in one order by everybody, signatures before letters. */
async function eraseOne(asked: Asked & { only: string }): Promise<boolean> {
  const { only: id, admin, now } = asked;
  try {
    await db.$transaction(async (tx) => {
      await lockSignatures(tx, [id]);
      await assertStillMay(tx, admin, "data.manage");
      // It may have moved to another address meanwhile.
      if ((await tx.signature.count({ where: chosen(asked) })) === 0) throw new DomainError("conflict");
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

function wantedBy({ admin, request, now }: Asked): Wanted {
  const wanted = readRequest(admin.id, request, now);
  if (!wanted) throw new DomainError("stale");
  return wanted;
}

const chosen = (asked: Asked) => ({ ...heldBy(wantedBy(asked)), ...(asked.only && { id: asked.only }) });

async function assertAsked(database: Database, { admin, confirmed }: Asking): Promise<void> {
  await assertStillMay(database, admin, "data.manage");
  if (!confirmed) throw new DomainError("not-confirmed");
}

const countsOf = (signatures: number, objections: number, suppressions: number, rules = 0) => ({
  signatures,
  objections,
  suppressions,
  rules,
});

const countOf = async (database: Database, wanted: Wanted) =>
  countsOf(
    await database.signature.count({ where: heldBy(wanted) }),
    await database.objection.count({ where: objectedBy(wanted) }),
    (await suppressionsOf(database, wanted)).length,
    (await rulesOf(database, wanted)).length,
  );

/** Says what was done and how much of it, and of whom nothing. */
async function note(tx: Tx, { admin, now }: Asking, action: string, details: Record<string, number>) {
  await writeAudit(tx, { at: now, actor: "ADMIN", adminId: admin.id, action, details });
}
