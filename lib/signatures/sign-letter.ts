import { v7 as uuid } from "uuid";
import { WAITING_ENTRIES } from "@/lib/abuse/limits/limits";
import { type Database, db, type Tx } from "@/lib/db/client";
import { createDataKey } from "@/lib/encryption/keys";
import { DomainError } from "@/lib/errors";
import { letterId } from "@/lib/letters/cached";
import { newestVersion } from "@/lib/letters/queries";
import { letterStatus } from "@/lib/letters/rules";
import { askForMail } from "@/lib/signatures/ask-for-mail";
import {
  addressHash,
  type Claimed,
  claimOf,
  contentDigest,
  type Signing,
  wideNetworkHash,
} from "@/lib/signatures/claim";
import { consentVersion } from "@/lib/signatures/consent";
import { insertPending } from "@/lib/signatures/engine/insert-pending";
import { askingOf, lockRepeated, repeatSignature } from "@/lib/signatures/repeat-signature";
import { judge } from "@/lib/signatures/suspicion";
import { assertRoom } from "@/lib/signatures/unchecked-room";
import { Prisma } from "@/prisma/generated/client";

/** The text is not the one that the form showed. */
export class NewerVersionError extends DomainError {
  readonly version: number;

  constructor(version: number) {
    super("stale");
    this.version = version;
  }
}

// What stood in the way of our insert can go before we look at it; a third time would be no chance.
const TRIES = 3;

/**
 * Signs a letter: a new pending signature, or what "Who may sign how often" says of a repeat. Tells nobody which, and
 * changes no other signature.
 * @throws DomainError `not-found` for a letter that is not published, `closed` for one that may not be signed,
 * `unchecked` where a proof of work is wanted and anyone who asks can make one, and CrowdedError where there is
 * no room without one: nothing is stored yet
 */
export async function signLetter(signing: Signing): Promise<void> {
  const id = await letterId(signing.slug);
  if (!id) throw new DomainError("not-found");
  const { email, kind, signatory } = signing.input;
  // What is wanted of a browser must not tell that there is a letter that nobody may see yet.
  await openVersion(db, { ...signing, letterId: id });
  const judgement = await judge({ ...signing, letterId: id });
  if (judgement.unchecked && signing.asksBack) throw new DomainError("unchecked");
  if (judgement.unchecked) await assertRoom(signing.network ?? null, signing.now);
  const claim = claimOf(id, email, kind, signatory.name);
  const claimed = {
    ...signing,
    ...judgement,
    letterId: id,
    claim,
    digest: contentDigest(signing.input, consentVersion(signing.consentLine)),
  };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (await db.$transaction((tx) => sign(tx, claimed))) return;
  }
  throw new DomainError("conflict");
}

/** @returns false where an equal submission was faster, which is found now */
async function sign(tx: Tx, claimed: Claimed): Promise<boolean> {
  // First, and for everybody: a closed letter must not tell who has signed.
  const versionId = await openVersion(tx, claimed);
  const repeated = await lockRepeated(tx, claimed, versionId);
  if (repeated) {
    await repeatSignature(tx, repeated, claimed);
    return true;
  }
  const id = uuid();
  const { key, wrapped } = createDataKey(id);
  // Where as many wait as may, it is the same screen, and nothing is stored.
  if (!(await insertPending(tx, claimed, { id, versionId, key, wrapped }, room(claimed))))
    return !(await hasRoom(tx, claimed));
  if (claimed.mails) await askForMail(tx, askingOf(claimed), claimed.now);
  return true;
}

/** The version to sign. @throws DomainError, NewerVersionError for who has seen another text */
async function openVersion(
  database: Database,
  { letterId: id, now, version }: Signing & { letterId: string },
): Promise<string> {
  const letter = await newestVersion(database, id);
  const status = letter ? letterStatus(letter, now) : "draft";
  if (letter && status === "closed") throw new DomainError("closed");
  if (!letter || status !== "open") throw new DomainError("not-found");
  if (version !== undefined && version !== letter.versionNumber)
    throw new NewerVersionError(letter.versionNumber);
  return letter.versionId;
}

/** Whether another entry may wait in the mailbox. Requests of the same moment may be a few more: each still has its own. */
async function hasRoom(tx: Tx, claimed: Claimed): Promise<boolean> {
  const [mailbox] = await tx.$queryRaw<{ room: boolean }[]>`SELECT (${room(claimed)}) AS room`;
  return mailbox?.room ?? false;
}

const room = (claimed: Claimed) => Prisma.sql`
  SELECT count(*) < ${WAITING_ENTRIES.mailbox}
    AND count(*) FILTER (WHERE wide_network_hash IS NOT DISTINCT FROM ${wideHash(claimed)}) < ${WAITING_ENTRIES.network}
  FROM signature
  WHERE letter_id = ${claimed.letterId}::uuid AND address_hash = ${addressHash(claimed.input.email)} AND state = 'PENDING'`;

const wideHash = ({ network }: Claimed) => (network ? wideNetworkHash(network) : null);
