import { v7 as uuid } from "uuid";
import type { Context } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { changeLetter, type LockedLetter } from "@/lib/letters/change-letter";
import { type Compared, compareWithVersions, countConcerned } from "@/lib/letters/concerned";
import type { Measure } from "@/lib/letters/difference/measure";
import { draftsStamp, draftTexts, publishedTexts } from "@/lib/letters/draft-queries";
import type { Texts } from "@/lib/letters/measure-texts";
import { isSameText, missingParts, type TextPart } from "@/lib/letters/rules";
import { dayBefore, isAnswerDate, tellsFrom, VERSIONS_A_DAY } from "@/lib/signatures/confirm-again/rules";
import { siteNow } from "@/lib/site/queries";
import { missingOf } from "@/lib/site/rules";

/** A text that lacks something. */
export class IncompleteError extends DomainError {
  readonly missing: { locale: string; part: TextPart }[];

  constructor(missing: { locale: string; part: TextPart }[]) {
    super("invalid");
    this.missing = missing;
  }
}

/** A site that does not yet say what it must before readers come. */
export class SiteIncompleteError extends DomainError {
  constructor() {
    super("invalid");
  }
}

type Publishing = {
  /** When the letter opens, where it has not: at once unless said. */
  opensAt?: Date | null;
  /** Why the text was changed; of the first version nothing. */
  reason?: string | null;
  /** The drafts that the publisher has seen, as `draftsStamp` names them: nothing that came since is published. */
  drafts?: string;
  /** Until when those for whom the change is large count without confirming again; without it nobody may be asked. */
  answerBy?: Date | null;
  /** Whether the administrator has just proved who they are: emails to many want that. */
  confirmed?: boolean;
};

/** A date until which signatories may answer that is missing, too early or too late. */
export class AnswerDateError extends DomainError {
  constructor() {
    super("invalid");
  }
}

/**
 * Publishes what was written: a letter's first version, or the next one with its measured change. Before the letter has
 * opened nobody can have read or signed it, so its only version is written anew. Anyone who has signed an earlier version is
 * told of it by email some minutes later, and asked to confirm again where the change is large for them.
 * @returns the version's number
 * @throws IncompleteError, SiteIncompleteError, AnswerDateError, DomainError `conflict` where the drafts are others by now,
 * `invalid`, `unchanged`, `not-confirmed` where emails to many want a fresh proof, `often-changed` where signatories were told
 * of as many versions today as may be, `not-found`, `forbidden`
 */
export function publishVersion(context: Context, slug: string, publishing: Publishing): Promise<number> {
  return changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { drafts } = publishing;
    if (drafts !== undefined && drafts !== (await draftsStamp(tx, letter.id)))
      throw new DomainError("conflict");
    const before = await publishedTexts(tx, letter.id);
    const texts = textsToPublish(letter, await draftTexts(tx, letter.id), before?.texts ?? new Map());
    const opens = opening(letter, publishing, context.now);
    if (before && sameTexts(before.texts, texts) && opens.getTime() === letter.opensAt?.getTime())
      throw new DomainError("unchanged");
    if (letter.closesAt && letter.closesAt <= opens) throw new DomainError("invalid");
    const unread = !before || !letter.opensAt || context.now < letter.opensAt;
    if (unread && missingOf(await siteNow(tx)).length > 0) throw new SiteIncompleteError();
    const number = before ? before.number + (unread ? 0 : 1) : 1;
    const compared = before && !unread ? await compareWithVersions(tx, letter.id, texts) : [];
    const measure = compared.at(-1)?.measure ?? null;
    const telling = measure && (await planTelling(tx, letter.id, compared, publishing, context));
    if (before && unread) await tx.letterText.deleteMany({ where: { versionId: before.id } });
    const versionId = before && unread ? before.id : uuid();
    if (versionId !== before?.id)
      await insertVersion(tx, letter.id, {
        id: versionId,
        number,
        reason: publishing.reason ?? null,
        measure,
        telling,
        now: context.now,
      });
    await tx.versionChange.createMany({
      data: compared.map(({ id: sinceId, measure: { size, wordsChanged, wordsBefore } }) => ({
        versionId,
        sinceId,
        size,
        wordsChanged,
        wordsBefore,
      })),
    });
    await tx.letterText.createMany({
      data: [...texts].map(([locale, text]) => ({ versionId, locale, ...text })),
    });
    // The first letter has the home page until somebody gives it to another.
    const isFirst = unread && (await tx.letter.count({ where: { opensAt: { not: null } } })) === 0;
    const data = { opensAt: opens, ...(isFirst && { featured: true }) };
    await tx.letter.update({ where: { id: letter.id }, data, select: { id: true } });
    const emails = telling && { told: telling.told, asked: telling.asked };
    await publish("letter.publish", {
      slug,
      version: number,
      ...(measure && { change: measure.size }),
      ...emails,
    });
    return number;
  });
}

type Telling = { tellsFrom: Date; answerBy: Date | null; told: number; asked: number };

/**
 * When signatories are told, and until when they may answer.
 * @throws AnswerDateError, DomainError `not-confirmed`, `often-changed`
 */
async function planTelling(
  tx: Tx,
  letterId: string,
  compared: Compared[],
  { answerBy, confirmed = false }: Publishing,
  { actor, now }: Context,
): Promise<Telling> {
  const { told, asked, needsDate } = await countConcerned(tx, letterId, compared);
  if (needsDate && !(answerBy && isAnswerDate(answerBy, now))) throw new AnswerDateError();
  if (told + asked > 0 && actor.kind === "administrator" && !confirmed)
    throw new DomainError("not-confirmed");
  const today = { letterId, change: { not: "NONE" as const }, tellsFrom: { gt: tellsFrom(dayBefore(now)) } };
  if (told + asked > 0 && (await tx.letterVersion.count({ where: today })) >= VERSIONS_A_DAY)
    throw new DomainError("often-changed");
  return { tellsFrom: tellsFrom(now), answerBy: needsDate && answerBy ? answerBy : null, told, asked };
}

/** Each language as its draft says, or else as it was. @throws IncompleteError */
function textsToPublish({ locale }: LockedLetter, drafts: Texts, published: Texts): Texts {
  const begun = [...drafts].filter(([of, text]) => of === locale || missingParts(text).length < 4);
  const texts = new Map([...published, ...begun]);
  const own = texts.get(locale) ?? { title: "", standfirst: "", recipients: "", body: "" };
  const missing = [...texts.set(locale, own)].flatMap(([of, text]) =>
    missingParts(text).map((part) => ({ locale: of, part })),
  );
  if (missing.length > 0) throw new IncompleteError(missing);
  return texts;
}

function opening({ opensAt }: LockedLetter, asked: Publishing, now: Date): Date {
  if (opensAt && opensAt <= now) return opensAt;
  if (asked.opensAt && asked.opensAt > now) return asked.opensAt;
  return asked.opensAt === undefined && opensAt ? opensAt : now;
}

const sameTexts = (one: Texts, other: Texts) =>
  one.size === other.size &&
  [...one].every(([locale, text]) => {
    const counterpart = other.get(locale);
    return counterpart !== undefined && isSameText(text, counterpart);
  });

type NewVersion = {
  id: string;
  number: number;
  reason: string | null;
  measure: Measure | null;
  telling: Telling | null;
  now: Date;
};

async function insertVersion(tx: Tx, letterId: string, version: NewVersion) {
  const { id, number, reason, measure, telling, now } = version;
  const change = measure && {
    change: measure.size,
    wordsChanged: measure.wordsChanged,
    wordsBefore: measure.wordsBefore,
  };
  await tx.letterVersion.create({
    data: {
      ...{ id, letterId, number, createdAt: now, reason, ...change },
      ...(telling && { tellsFrom: telling.tellsFrom, answerBy: telling.answerBy }),
    },
    select: { id: true },
  });
}
