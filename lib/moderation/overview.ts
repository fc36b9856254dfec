import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { chooseText, type LetterStatus, letterStatus } from "@/lib/letters/rules";
import { readTally } from "@/lib/tally/queries";
import type { Tally } from "@/lib/tally/rules";
import type { SignatureState } from "@/prisma/generated/enums";

/** A letter as the moderators' overview shows it. */
export type LetterOverview = {
  slug: string;
  title: string;
  textLocale: string;
  status: LetterStatus;
  /** How many signatures are in each state; states without any are absent. */
  states: Partial<Record<SignatureState, number>>;
  /** How many of those wait in the queue, and how many apart from it, verified or not. */
  waiting: { queue: number; apart: number; apartPending: number };
  /** As readers see it. */
  tally: Tally;
  /** How many changes of withheld signatures readers do not see yet. */
  unseen: number;
};

const LETTER = {
  id: true,
  slug: true,
  locale: true,
  opensAt: true,
  closesAt: true,
  withheldChanges: true,
  versions: {
    orderBy: { number: "desc" },
    take: 1,
    select: { texts: { select: { locale: true, title: true } } },
  },
} as const;

/** All letters, newest first, with how many signatures are in each state. */
export async function lettersOverview(admin: Admin, locale: string, now: Date): Promise<LetterOverview[]> {
  assertMay(admin, "signature.read");
  const letters = await db.letter.findMany({ orderBy: { id: "desc" }, select: LETTER });
  const groups = await db.signature.groupBy({
    by: ["letterId", "state", "quarantine"],
    _count: { _all: true },
  });
  return Promise.all(
    letters.map(async ({ id, slug, locale: own, versions, withheldChanges: unseen, ...times }) => {
      const text = chooseText(versions[0]?.texts ?? [], locale, own);
      const ofLetter = groups.filter(({ letterId }) => letterId === id);
      const count = (where: (group: (typeof groups)[number]) => boolean) =>
        ofLetter.filter(where).reduce((sum, { _count }) => sum + _count._all, 0);
      const states: LetterOverview["states"] = {};
      for (const { state, _count } of ofLetter) states[state] = (states[state] ?? 0) + _count._all;
      const waiting = {
        queue: count(({ state, quarantine }) => state === "VERIFIED" && !quarantine),
        apart: count(({ state, quarantine }) => state === "VERIFIED" && Boolean(quarantine)),
        apartPending: count(({ state, quarantine }) => state === "PENDING" && Boolean(quarantine)),
      };
      const tally = await readTally(db, id);
      return {
        slug,
        title: text.title,
        textLocale: text.locale,
        status: letterStatus(times, now),
        states,
        waiting,
        tally,
        unseen,
      };
    }),
  );
}
