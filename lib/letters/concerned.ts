import type { Database } from "@/lib/db/client";
import type { Measure } from "@/lib/letters/difference/measure";
import { measureTexts, type Texts } from "@/lib/letters/measure-texts";
import { type Concern, concernOf } from "@/lib/signatures/confirm-again/rules";
import type { ChangeSize } from "@/prisma/generated/enums";

/**
 * What publishing a text means for those who signed an earlier version: how many of each, and how many emails
 * cannot arrive.
 */
export type Concerned = Record<Concern, number> & {
  /** Of those who would be told or asked: how many have no address that takes email. */
  unreachable: number;
  /** Whether somebody is asked, now or before, so that there must be a date. */
  needsDate: boolean;
};

/** A version as it was published, with how much a new text changes against it. */
export type Compared = { id: string; number: number; measure: Measure };

/** Measures a text against every version that a letter has had. */
export async function compareWithVersions(db: Database, letterId: string, texts: Texts): Promise<Compared[]> {
  const versions = await db.letterVersion.findMany({
    where: { letterId },
    orderBy: { number: "asc" },
    select: { id: true, number: true, texts: { omit: { versionId: true } } },
  });
  return versions.map(({ id, number, texts: old }) => {
    const before = new Map(old.map(({ locale, ...text }) => [locale, text]));
    return { id, number, measure: measureTexts(before, texts) };
  });
}

type Group = { signed: number; told: number; earlier: boolean; count: number; unreachable: number };

/** Counts whom a text would concern. @param compared as `compareWithVersions` gives it */
export async function countConcerned(
  db: Database,
  letterId: string,
  compared: Compared[],
): Promise<Concerned> {
  const groups = await db.$queryRaw<Group[]>`
    SELECT v.number AS signed, g.told_version AS told, g.earlier, count(*)::int AS count,
      count(*) FILTER (WHERE g.address IS NULL OR EXISTS (
        SELECT FROM suppression s WHERE s.spelling_hash = g.spelling_hash AND s.reason <> 'STOPPED'))::int AS unreachable
    FROM signature g JOIN letter_version v ON v.id = g.letter_version_id
    WHERE g.letter_id = ${letterId}::uuid AND g.state IN ('VERIFIED', 'APPROVED') GROUP BY 1, 2, 3`;
  const told = await db.versionChange.findMany({
    where: { version: { letterId } },
    select: { size: true, version: { select: { number: true } }, since: { select: { number: true } } },
  });
  const between = (later: number, earlier: number): ChangeSize =>
    told.find(({ version, since }) => version.number === later && since.number === earlier)?.size ?? "NONE";
  const now = (number: number) => compared.find((one) => one.number === number)?.measure.size ?? "NONE";
  const counts: Concerned = {
    none: 0,
    told: 0,
    asked: 0,
    waits: 0,
    left: 0,
    unreachable: 0,
    needsDate: false,
  };
  for (const { signed, told: last, earlier, count, unreachable } of groups) {
    const sizes = { sinceSigned: now(signed), sinceTold: now(last), toldSinceSigned: between(last, signed) };
    const concern = concernOf({ ...sizes, earlier });
    counts[concern] += count;
    if (concern === "told" || concern === "asked") counts.unreachable += unreachable;
    if (concern === "asked" || concern === "waits") counts.needsDate = true;
  }
  return counts;
}
