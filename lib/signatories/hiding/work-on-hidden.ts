import { bySystem } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { textProperty } from "@/lib/property";
import { hiddenCountries, INDIVIDUALS } from "@/lib/signatories/hiding/queries";
import { ALL_COUNTRIES, SHOWN_AFTER_MS } from "@/lib/signatories/hiding/rules";
import { applyChanges } from "@/lib/signatures/engine/apply-changes";
import { concealing } from "@/lib/signatures/engine/concealed";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";
import { Prisma } from "@/prisma/generated/client";

const BATCH = 100;

/**
 * Takes a batch of hidden names off the list, or brings a batch back where hiding has ended. Each is one
 * transaction: if a worker dies, another call goes on.
 * @returns how many signatures were looked at; call again until none is
 */
export function workOnHidden(letterId: string, now: Date): Promise<number> {
  return db.$transaction(async (tx) => (await hideBatch(tx, letterId, now)) || showBatch(tx, letterId, now));
}

/** The same for every letter, should a job have been lost. */
export async function workOnAllHidden(now: Date): Promise<number> {
  const letters = await db.hiddenNames.findMany({ distinct: ["letterId"], select: { letterId: true } });
  for (const { letterId } of letters) {
    const worked = await workOnHidden(letterId, now);
    if (worked > 0) return worked;
  }
  return 0;
}

async function hideBatch(tx: Tx, letterId: string, now: Date): Promise<number> {
  // Said by country, the index answers; `hiddenEntry` would read the whole list.
  const countries = (await hiddenCountries(tx, [letterId])).get(letterId);
  if (!countries) return 0;
  const ofThem = countries.includes(ALL_COUNTRIES)
    ? Prisma.sql`true`
    : Prisma.sql`p.country = ANY(${countries})`;
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.signature_id::text AS id FROM public_signatory p
    WHERE p.letter_id = ${letterId}::uuid AND ${INDIVIDUALS} AND ${ofThem} LIMIT ${BATCH}`;
  const ids = found.map(({ id }) => id);
  return ids.length === 0 ? 0 : settle(tx, ids, "signature.conceal", now);
}

async function showBatch(tx: Tx, letterId: string, now: Date): Promise<number> {
  const ended = { lte: new Date(now.getTime() - SHOWN_AFTER_MS) };
  const [ending] = await tx.hiddenNames.findMany({
    where: { letterId, active: false, since: ended },
    take: 1,
  });
  if (!ending) return 0;
  const { id, place, since } = ending;
  const found = await tx.signature.findMany({
    where: { letterId, concealed: true, ...(place && { id: { gt: place } }) },
    orderBy: { id: "asc" },
    take: BATCH,
    select: { id: true },
  });
  const ids = found.map((one) => one.id);
  await settle(tx, ids, "signature.reveal", now);
  // Hidden anew meanwhile: then it is not this one's any more.
  const same = { id, active: false, since, place };
  if (ids.length < BATCH) await tx.hiddenNames.deleteMany({ where: same });
  else await tx.hiddenNames.updateMany({ where: same, data: { place: ids.at(-1) } });
  return Math.max(ids.length, 1);
}

/** Has the engine decide anew about those that are not as they should be. */
async function settle(tx: Tx, ids: string[], action: Action, now: Date): Promise<number> {
  const subjects = await lockSubjects(tx, ids);
  const isConcealed = await concealing(tx, subjects);
  const changes = subjects.filter((subject) => isConcealed(subject, subject) !== subject.concealed);
  const askedBy = await whoAsked(tx, action, changes);
  await applyChanges(
    tx,
    changes.map((subject) => {
      const admin = askedBy(subject);
      return { subject, action, after: {}, ...(admin && { details: { askedBy: admin } }) };
    }),
    bySystem(now),
  );
  return subjects.length;
}

/** Which administrator hid the names of a country, or ended that, last: the job does it for them. */
async function whoAsked(tx: Tx, action: Action, subjects: Subject[]) {
  const letters = [...new Set(subjects.map(({ letterId }) => letterId))];
  const lines = await tx.auditEntry.findMany({
    where: { action: ASKING[action], letterId: { in: letters } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: { adminId: true, letterId: true, details: true },
  });
  return ({ letterId, country }: Subject): string | null => {
    const wanted = ["all", country];
    const line = lines.find(
      (one) => one.letterId === letterId && wanted.includes(textProperty(one.details, "country") ?? ""),
    );
    return line?.adminId ?? null;
  };
}

type Action = "signature.conceal" | "signature.reveal";
const ASKING = { "signature.conceal": "letter.hide-names", "signature.reveal": "letter.show-names" } as const;
