import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { lettersOf } from "@/lib/auth/letters-of";
import { canDo } from "@/lib/auth/permissions";
import { readTally } from "@/lib/counts/queries";
import type { Tally } from "@/lib/counts/rules";
import { standingCounts } from "@/lib/counts/standing-counts";
import { db } from "@/lib/db/client";
import { type LetterStatus, letterStatus } from "@/lib/letters/rules";
import { TITLES, titleOf } from "@/lib/letters/titles";
import { type LimitsReached as LimitsNow, limitsReached } from "@/lib/signatures/limits-reached";
import { SignatureState } from "@/prisma/generated/enums";

export type LetterOverview = {
  slug: string;
  title: string;
  textLocale: string;
  status: LetterStatus;
  /** How many signatures are in each state that is told of; states without any are absent. */
  states: Partial<Record<SignatureState, number>>;
  /** Which states are told of. */
  told: readonly SignatureState[];
  /** How many of those wait in the queue, and how many apart from it, verified or not. */
  waiting: { queue: number; onHold: number; onHoldPending: number };
  /** Since when the oldest of the queue has waited. */
  oldest: Date | null;
  /** When it closes, if that is soon. */
  closesSoon: Date | null;
  /** As readers see it. */
  tally: Tally;
  /** Whether new signatures need a proof of work at present. */
  pressed: boolean;
  /** How many changes of withheld signatures readers do not see yet; none for who may not open entries. */
  unseen: number;
};

/** The limits of the whole site that are reached now. */
export type ReachedLimits = {
  signings: boolean;
  /** How many mails wait for the hour's number of unchecked ones; none where that is not used up. */
  unchecked: number;
  /** The signatures that wait without a proof, where all places are taken. */
  waiting: LimitsNow["waiting"] | null;
  /** How many domains have used up their mails of the day. */
  domains: number;
};

/** All letters, and the limits that are reached. */
export async function overview(
  admin: Admin,
  locale: string,
  now: Date,
): Promise<{ letters: LetterOverview[]; limits: ReachedLimits }> {
  assertMaySomewhere(admin, "letter.read");
  const { signings, letterIds, held, domains, waiting } = await limitsReached(now);
  // The site's limits are for those to whom the whole site is entrusted.
  const forSite = canDo(admin, "mail.read");
  const limits = {
    signings: forSite && signings,
    unchecked: forSite && held.uncheckedSpent ? held.unchecked : 0,
    waiting: forSite && waiting.count >= waiting.most ? waiting : null,
    domains: forSite ? domains.length : 0,
  };
  return { letters: await lettersOverview(admin, locale, new Set(letterIds), now), limits };
}

const STATES = Object.values(SignatureState);
const OPENLY: readonly SignatureState[] = ["PENDING", "VERIFIED", "APPROVED", "EXPIRED"];

const LETTER = {
  id: true,
  slug: true,
  opensAt: true,
  closesAt: true,
  unpublishedAt: true,
  withheldChanges: true,
  ...TITLES,
} as const;

/** Their letters, newest first, with how many signatures are in each state. */
async function lettersOverview(
  admin: Admin,
  locale: string,
  pressed: ReadonlySet<string>,
  now: Date,
): Promise<LetterOverview[]> {
  const letters = await db.letter.findMany({
    where: lettersOf(admin),
    orderBy: { id: "desc" },
    select: LETTER,
  });
  const groups = await standingCounts();
  return Promise.all(
    letters.map(async ({ id, slug, withheldChanges: unseen, ...letter }) => {
      const text = titleOf(letter, locale);
      const ofLetter = groups.filter(({ letterId }) => letterId === id);
      const count = (where: (group: (typeof groups)[number]) => boolean) =>
        ofLetter.filter(where).reduce((sum, group) => sum + group.count, 0);
      const states: LetterOverview["states"] = {};
      // Else the numbers would tell of a hidden signature at once: approved are as many as readers know of.
      const opens = canDo(admin, "signature.read", id);
      const told = opens ? STATES : OPENLY;
      for (const group of ofLetter)
        if (told.includes(group.state)) states[group.state] = (states[group.state] ?? 0) + group.count;
      const waiting = {
        queue: count(({ state, hold }) => state === "VERIFIED" && !hold),
        onHold: count(({ state, hold }) => state === "VERIFIED" && Boolean(hold)),
        onHoldPending: count(({ state, hold }) => state === "PENDING" && Boolean(hold)),
      };
      const tally = await readTally(db, id);
      if (!opens) states.APPROVED = tally.total;
      const oldest = waiting.queue > 0 ? await oldestOf(id) : null;
      return {
        slug,
        title: text.title,
        textLocale: text.locale,
        status: letterStatus(letter, now),
        states,
        told,
        waiting,
        oldest,
        closesSoon: isSoon(letter.closesAt, now) ? letter.closesAt : null,
        tally,
        pressed: pressed.has(id),
        unseen: opens ? unseen : 0,
      };
    }),
  );
}

/** Since when the first of a letter's queue has waited. */
async function oldestOf(letterId: string): Promise<Date | null> {
  const row = await db.signature.findFirst({
    where: { letterId, state: "VERIFIED", hold: null },
    orderBy: [{ verifiedAt: "asc" }, { id: "asc" }],
    select: { verifiedAt: true },
  });
  return row?.verifiedAt ?? null;
}

/** How long before a letter closes its organiser should think of it, in milliseconds. */
const SOON_MS = 7 * 86_400_000;

const isSoon = (closesAt: Date | null, now: Date) =>
  closesAt !== null && closesAt > now && closesAt.getTime() - now.getTime() < SOON_MS;
