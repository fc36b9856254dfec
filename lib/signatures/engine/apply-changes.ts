import { writeAudits } from "@/lib/audit/write-audit";
import type { Context } from "@/lib/auth/context";
import { countChanges } from "@/lib/counts/count-changes";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueRecheck } from "@/lib/jobs/queue";
import { voidPressCopies } from "@/lib/letters/press-copy/void-press-copies";
import { enqueueMail } from "@/lib/mail/outbox";
import { voidExports } from "@/lib/moderation/export/void-exports";
import { flagSignature } from "@/lib/moderation/flags/flag-signature";
import { numbersNear } from "@/lib/moderation/flags/waiting-names";
import { auditLine } from "@/lib/signatures/engine/audit-line";
import type { Change, Refusal } from "@/lib/signatures/engine/change";
import { signatoryRow, signatureRow } from "@/lib/signatures/engine/columns";
import { concealed } from "@/lib/signatures/engine/concealed";
import { eraseAllButPublic } from "@/lib/signatures/engine/erase-all-but-public";
import { erasePersons } from "@/lib/signatures/engine/erase-persons";
import { publicRowChange } from "@/lib/signatures/engine/public-row";
import { altersNames, hidesForGood, hidesShown, isShown, standingAfter } from "@/lib/signatures/engine/rules";
import { placesTaken, storePublic, storeSignatories, storeSignatures } from "@/lib/signatures/engine/store";
import { endedLine, hiddenHash } from "@/lib/signatures/erasure/erased-hash";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";
import { correctionLines } from "@/lib/signatures/erasure/outdated";
import { endNotes } from "@/lib/signatures/own/withdrawal-note";

/**
 * Changes the standing of signatures, with all that follows: rows of the public list, counts, audit log,
 * mails, flags, traces of what was shown, files made of it, and news for other processes. The only way to do
 * so, for one or many. Locks in one order: signatures by id, then letters by id with their files and counts,
 * then the queue of rechecks.
 * @returns the changes that did not happen, by signature; all others did
 */
export async function applyChanges(tx: Tx, asked: Change[], context: Context): Promise<Map<string, Refusal>> {
  const changes = await concealed(tx, asked);
  const moderated = context.actor.kind === "administrator";
  const wanted = changes
    .map((change) => ({ ...change, row: signatureRow(change, moderated, context.now) }))
    .sort((one, other) => (one.subject.id < other.subject.id ? -1 : 1));
  const refused = await placesTaken(tx, wanted);
  const stored = await storeSignatures(
    tx,
    wanted.filter(({ subject }) => !refused.has(subject.id)),
    context.now,
  );
  const done = wanted.filter(({ subject }) => stored.has(subject.id));
  for (const { subject } of wanted)
    if (!stored.has(subject.id) && !refused.has(subject.id)) refused.set(subject.id, "conflict");
  await storeSignatories(
    tx,
    done.flatMap((change) => {
      const row = signatoryRow(change);
      return row ? [{ id: change.subject.signatoryId, ...row }] : [];
    }),
  );
  await storePublic(
    tx,
    done.flatMap((change) => publicRowChange(change, change.row.published_at) ?? []),
  );
  await follow(tx, done, context);
  return refused;
}

/**
 * The same for one signature.
 * @throws DomainError `conflict` where it has moved on, `already-listed`, `already-signed`
 */
export async function applyChange(tx: Tx, change: Change, context: Context): Promise<void> {
  const [refusal] = (await applyChanges(tx, [change], context)).values();
  if (refusal) throw new DomainError(refusal);
}

/** Everything that follows once the new standings are stored. */
async function follow(tx: Tx, done: Change[], context: Context): Promise<void> {
  await erasePersons(
    tx,
    done.flatMap(({ erase, subject }) => (erase === true ? [subject.id] : [])),
  );
  await eraseAllButPublic(
    tx,
    done.flatMap(({ erase, subject }) => (erase === "all-but-public" ? [subject] : [])),
  );
  // Erasing leaves a trace of its own.
  const lines = done.flatMap((change) => [...hidingLines(change), ...correctionLines(change)]);
  if (lines.length > 0 || done.some(leavesTraces)) await noteHidden(tx, lines);
  await endNotes(
    tx,
    done
      .filter(({ subject, after }) => !isShown(subject) && isShown(standingAfter(subject, after)))
      .map(({ subject, after }) => standingAfter(subject, after)),
  );
  await voidExports(tx, done, context.now);
  await voidPressCopies(tx, done, context.now);
  await count(tx, done, context.now);
  const flags = new Map<string, string[]>();
  for (const { subject, after } of done)
    if (subject.state === "PENDING" && after.state === "VERIFIED")
      flags.set(subject.id, await flagSignature(tx, subject.id));
  await writeAudits(
    tx,
    done.map((change) => auditLine(change, context, flags.get(change.subject.id))),
  );
  for (const { mail, subject } of done)
    if (mail) await enqueueMail(tx, { message: mail, signatureId: subject.id });
  const renamed = done.filter(({ subject, after }) => altersNames(subject, after));
  for (const letterId of lettersOf(renamed)) await recheckNear(tx, letterId, renamed);
}

const leavesTraces = ({ erase, subject, after }: Change) =>
  erase === "all-but-public" || (!erase && hidesShown(subject, after));

/** What the file outside the database is told of it. An objection hides until it is decided, and its row is lost by a restore. */
function hidingLines({ subject, action, after, erase }: Change): string[] {
  if (erase === true) return [];
  const hash = hiddenHash(subject.id);
  if (action === "signature.object") return [hash];
  const isOver = action === "signature.keep" && subject.visibility === "PUBLIC";
  const hides = isOver ? false : hidesForGood(subject, after);
  return hides === null ? [] : [hides ? hash : endedLine(hash)];
}

/** Has the waiting signatures looked at that resemble names which came to the list, changed or went, or changed themselves. */
async function recheckNear(tx: Tx, letterId: string, renamed: Change[]): Promise<void> {
  const changes = renamed
    .filter(({ subject }) => subject.letterId === letterId)
    .map(({ subject, after }) => ({ id: subject.id, before: subject, after: standingAfter(subject, after) }));
  const shown = changes
    .flatMap(({ before, after }) => [before, after].filter(isShown))
    .map(({ fields }) => fields);
  const ids = changes.flatMap(({ id, after }) => (after.state === "VERIFIED" ? [id] : []));
  await enqueueRecheck(tx, { what: "near", letterId, near: numbersNear(letterId, shown), ids });
}

const lettersOf = (changes: Change[]) => [...new Set(changes.map(({ subject }) => subject.letterId))].sort();

async function count(tx: Tx, done: Change[], now: Date): Promise<void> {
  for (const letterId of lettersOf(done)) {
    const ofLetter = done.filter(({ subject }) => subject.letterId === letterId);
    const counted = ofLetter.map(({ subject: before, after, action }) => ({
      byRule: action === "signature.conceal",
      before,
      after: standingAfter(before, after),
    }));
    await countChanges(tx, letterId, counted, now);
  }
}
