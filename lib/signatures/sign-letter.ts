import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { letterId } from "@/lib/letters/cached";
import { newestVersion } from "@/lib/letters/queries";
import { letterStatus } from "@/lib/letters/rules";
import { type Claimed, claimOf, contentDigest, type Signing } from "@/lib/signatures/claim";
import { hasRoom, insertSignature } from "@/lib/signatures/insert-signature";
import { lockRepeated, repeatSignature } from "@/lib/signatures/repeat-signature";
import { judge } from "@/lib/signatures/suspicion";
import { assertRoom } from "@/lib/signatures/unproven-room";

// What stood in the way of our insert can go before we look at it; a third time would be no chance.
const TRIES = 3;

/**
 * Signs a letter: a new pending signature, or what "Who may sign how often" says of a repeat. Tells nobody which, and
 * changes no other signature. Whether the letter is open, and whether an equal one waits, is decided in the database.
 * @throws DomainError `not-found` for a letter that is not published, `closed` for one that may not be signed,
 * `unproven` where a proof of work is wanted and whoever asks can make one, and CrowdedError where there is
 * no room without one: nothing is stored yet
 */
export async function signLetter(signing: Signing): Promise<void> {
  const id = await letterId(signing.slug);
  if (!id) throw new DomainError("not-found");
  const { email, kind, signatory } = signing.input;
  const judgement = await judge({ ...signing, letterId: id });
  if (judgement.unproven && signing.asksBack) throw new DomainError("unproven");
  if (judgement.unproven) await assertRoom(signing.network ?? null, signing.now);
  const claim = claimOf(id, email, kind, signatory.name);
  const claimed = { ...signing, ...judgement, letterId: id, claim, digest: contentDigest(signing.input) };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (await insertSignature(db, claimed)) return;
    if (await db.$transaction((tx) => repeat(tx, claimed))) return;
  }
  throw new DomainError("conflict");
}

async function repeat(tx: Tx, claimed: Claimed): Promise<boolean> {
  // First, and for everybody: a closed letter must not tell who has signed.
  const versionId = await openVersion(tx, claimed);
  const repeated = await lockRepeated(tx, claimed, versionId);
  if (repeated) {
    await repeatSignature(tx, repeated, claimed);
    return true;
  }
  const [mailbox] = await tx.$queryRaw<{ room: boolean }[]>`SELECT ${hasRoom(claimed)} AS room`;
  // As many wait as may: the same screen, and nothing is stored.
  return !mailbox?.room;
}

async function openVersion(tx: Tx, { slug, now }: Claimed): Promise<string> {
  const letter = await newestVersion(tx, slug);
  const status = letter ? letterStatus(letter, now) : "draft";
  if (!letter || status === "draft") throw new DomainError("not-found");
  if (status === "closed") throw new DomainError("closed");
  return letter.versionId;
}
