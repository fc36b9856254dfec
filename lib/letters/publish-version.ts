import { v7 as uuid } from "uuid";
import type { Context } from "@/lib/auth/context";
import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { changeLetter, type LockedLetter } from "@/lib/letters/change-letter";
import { type Measure, measureChange } from "@/lib/letters/difference/measure";
import { draftsStamp, draftTexts, publishedTexts } from "@/lib/letters/draft-queries";
import { isSameText, type LetterTexts, missingParts, type TextPart } from "@/lib/letters/rules";
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
};

type Texts = Map<string, LetterTexts>;

/**
 * Publishes what was written: a letter's first version, or the next one with its measured change. Before the letter has
 * opened nobody can have read or signed it, so its only version is written anew.
 * @returns the version's number
 * @throws IncompleteError, SiteIncompleteError, DomainError `conflict` where the drafts are others by now, `invalid`,
 * `unchanged`, `not-found`, `forbidden`
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
    const measure = before && !unread ? measureTexts(before.texts, texts) : null;
    if (before && unread) await tx.letterText.deleteMany({ where: { versionId: before.id } });
    const versionId = before && unread ? before.id : uuid();
    if (versionId !== before?.id)
      await insertVersion(tx, letter.id, {
        id: versionId,
        number,
        reason: publishing.reason ?? null,
        measure,
        now: context.now,
      });
    await tx.letterText.createMany({
      data: [...texts].map(([locale, text]) => ({ versionId, locale, ...text })),
    });
    await tx.letter.update({ where: { id: letter.id }, data: { opensAt: opens }, select: { id: true } });
    await publish("letter.publish", { slug, version: number, ...(measure ? { change: measure.size } : {}) });
    return number;
  });
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

const SIZES = ["NONE", "SMALL", "LARGE"] as const;

/** The largest change of any language. A translation that is new changes nothing that anybody has signed. */
export function measureTexts(before: Texts, after: Texts): Measure {
  const measures = [...before].flatMap(([locale, text]) => {
    const changed = after.get(locale);
    return changed ? [measureChange(text, changed, locale)] : [];
  });
  const weight = ({ size, wordsChanged }: Measure) => SIZES.indexOf(size) * 1e9 + wordsChanged;
  const none: Measure = { size: "NONE", wordsChanged: 0, wordsBefore: 0 };
  return measures.reduce((most, one) => (weight(one) > weight(most) ? one : most), measures[0] ?? none);
}

type NewVersion = { id: string; number: number; reason: string | null; measure: Measure | null; now: Date };

async function insertVersion(tx: Tx, letterId: string, { id, number, reason, measure, now }: NewVersion) {
  const change = measure && {
    change: measure.size,
    wordsChanged: measure.wordsChanged,
    wordsBefore: measure.wordsBefore,
  };
  await tx.letterVersion.create({
    data: { id, letterId, number, createdAt: now, reason, ...change },
    select: { id: true },
  });
}
