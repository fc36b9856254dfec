import { bySystem } from "@/lib/auth/context";
import { announceChange, letterTag } from "@/lib/cache/changes";
import { db } from "@/lib/db/client";
import { COUNTRIES } from "@/lib/fields/countries/rules";
import { changeLetter } from "@/lib/letters/change-letter";
import { log } from "@/lib/ops/log/log";
import { hideNames } from "@/lib/signatories/hiding/hide-names";
import { ALL_COUNTRIES } from "@/lib/signatories/hiding/rules";
import { applyChange } from "@/lib/signatures/engine/apply-changes";
import { PUBLIC_FIELDS } from "@/lib/signatures/engine/public-row";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { appendErased, readAllHidden } from "@/lib/signatures/erasure/erased-file";
import {
  endedLine,
  hiddenHash,
  isOutdatedHash,
  representativesHash,
} from "@/lib/signatures/erasure/erased-hash";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";
import { outdatedHashes } from "@/lib/signatures/erasure/outdated";

const PAGE = 5_000;

/**
 * Hides again what a restored backup would show, though it was hidden since: what organisers hide of a letter, lines about
 * withdrawals, signatures. These become WITHHELD, whatever had hidden them, and so do those that were corrected since: what the
 * backup would show may be what endangers somebody. What the file does not know is noted.
 * @returns how many were hidden
 */
export async function hideAgain(now: Date): Promise<number> {
  const ofLetters = (await hideCountries(now)) + (await hideRepresentatives(now)) + (await removeLines());
  return ofLetters + (await hideSignatures(now)) + (await hideOutdated(now));
}

async function hideCountries(now: Date): Promise<number> {
  const known = await readAllHidden();
  const letters = await db.letter.findMany({
    select: { id: true, slug: true, hiddenNames: { where: { active: true }, select: { country: true } } },
  });
  const rules = letters.flatMap(({ id, slug, hiddenNames }) =>
    [ALL_COUNTRIES, ...COUNTRIES].map((country) => ({
      ...{ slug, country, hash: hiddenHash(id, country) },
      active: hiddenNames.some((rule) => rule.country === country),
    })),
  );
  await note(rules.filter(({ active, hash }) => active && !known.has(hash)));
  const shown = await stillHidden(rules.filter(({ active, hash }) => !active && known.has(hash)));
  for (const { slug, country } of shown) await hideNames(bySystem(now), slug, country || null);
  return shown.length;
}

/** The names of all representatives of a letter, which its organiser does not show any more. */
async function hideRepresentatives(now: Date): Promise<number> {
  const known = await readAllHidden();
  const letters = await db.letter.findMany({ select: { id: true, slug: true, representativesShown: true } });
  const rows = letters.map((letter) => ({ ...letter, hash: representativesHash(letter.id) }));
  const shown = await stillHidden(
    rows.filter(({ representativesShown, hash }) => representativesShown && known.has(hash)),
  );
  for (const { slug } of shown)
    await changeLetter(
      bySystem(now),
      slug,
      async ({ tx, letter: { id }, publish }) => {
        await tx.letter.update({
          where: { id },
          data: { representativesShown: false },
          select: { id: true },
        });
        await noteHidden(tx);
        await publish("letter.signing", { representativesShown: false });
      },
      { evenArchived: true },
    );
  return shown.length;
}

async function removeLines(): Promise<number> {
  const known = await readAllHidden();
  const lines = await db.withdrawalNote.findMany({
    select: { id: true, letter: { select: { slug: true } } },
  });
  const shown = lines.filter(({ id }) => known.has(hiddenHash(id)));
  for (const { id, letter } of shown)
    await db.$transaction(async (tx) => {
      await tx.withdrawalNote.deleteMany({ where: { id } });
      await noteHidden(tx);
      await announceChange(tx, letterTag(letter.slug));
    });
  return shown.length;
}

async function hideSignatures(now: Date): Promise<number> {
  const known = await readAllHidden();
  let hidden = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const page = await db.signature.findMany({
      where: { id: { gt: after }, state: { in: ["VERIFIED", "APPROVED"] }, key: { isNot: null } },
      orderBy: { id: "asc" },
      take: PAGE,
      select: { id: true, visibility: true },
    });
    const rows = page.map((row) => ({ ...row, hash: hiddenHash(row.id) }));
    await note(rows.filter(({ visibility, hash }) => visibility === "WITHHELD" && !known.has(hash)));
    const shown = rows.filter(({ visibility, hash }) => visibility === "PUBLIC" && known.has(hash));
    for (const { id } of await stillHidden(shown)) hidden += await hideOne(id, now);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return hidden;
    after = last.id;
  }
}

async function hideOutdated(now: Date): Promise<number> {
  const known = await readAllHidden();
  if (![...known].some(isOutdatedHash)) return 0;
  let hidden = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const page = await db.publicSignatory.findMany({
      where: { signatureId: { gt: after } },
      orderBy: { signatureId: "asc" },
      take: PAGE,
      select: { signatureId: true, country: true, representative: true, ...SHOWN },
    });
    const rows = page.flatMap(({ signatureId: id, ...entry }) => {
      const { entry: whole, representative } = outdatedHashes(id, entry);
      const hash = known.has(whole) ? whole : representative;
      return hash && known.has(hash) ? { id, hash, hides: hash === whole } : [];
    });
    for (const { id, hides } of await stillHidden(rows))
      hidden += await (hides ? hideOne(id, now) : hideRepresentative(id, now));
    const last = page.at(-1);
    if (!last || page.length < PAGE) return hidden;
    after = last.signatureId;
  }
}

const SHOWN = Object.fromEntries(PUBLIC_FIELDS.map((field) => [field, true])) as Record<
  (typeof PUBLIC_FIELDS)[number],
  true
>;

type Hashed = { hash: string };

/**
 * Those that were not shown meanwhile by another process. That leaves a line, which lies in the database before it is in the
 * file: looked at in this order, none is missed.
 */
async function stillHidden<T extends Hashed>(rows: T[]): Promise<T[]> {
  if (rows.length === 0) return [];
  const lines = rows.map(({ hash }) => endedLine(hash));
  const waiting = await db.erasure.findMany({
    where: { noted: false, hash: { in: lines } },
    select: { hash: true },
  });
  const ended = new Set(waiting.map(({ hash }) => hash));
  const known = await readAllHidden();
  return rows.filter(({ hash }) => known.has(hash) && !ended.has(endedLine(hash)));
}

/** A full disk must not keep a site from serving: the next start notes them. */
async function note(rows: Hashed[]): Promise<void> {
  await appendErased(rows.map(({ hash }) => hash)).catch((error: unknown) =>
    log.error("hidden names could not be noted outside the database", error),
  );
}

/** Of two processes that start together, one hides. */
function hideOne(id: string, now: Date): Promise<number> {
  return db.$transaction(async (tx) => {
    const [subject] = await lockSubjects(tx, [id]);
    if (subject?.visibility !== "PUBLIC") return 0;
    const after = { visibility: "WITHHELD" as const };
    await applyChange(tx, { subject, action: "signature.hide-again", after }, bySystem(now));
    return 1;
  });
}

function hideRepresentative(id: string, now: Date): Promise<number> {
  return db.$transaction(async (tx) => {
    const [subject] = await lockSubjects(tx, [id]);
    if (!subject?.fields.representativePublic) return 0;
    const after = { fields: { ...subject.fields, representativePublic: false } };
    await applyChange(tx, { subject, action: "signature.hide-again", after }, bySystem(now));
    return 1;
  });
}
