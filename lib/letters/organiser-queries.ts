import { type Admin, decryptAdminAddress } from "@/lib/auth/admin";
import { assertMay, assertMaySomewhere } from "@/lib/auth/assert-may";
import { lettersOf } from "@/lib/auth/letters-of";
import { readTally } from "@/lib/counts/queries";
import type { Tally } from "@/lib/counts/rules";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { type Concerned, compareWithVersions, countConcerned } from "@/lib/letters/concerned";
import { compareLetters, type DiffBlock } from "@/lib/letters/difference/compare";
import type { Measure } from "@/lib/letters/difference/measure";
import { draftsStamp, draftTexts, publishedTexts, readDraft } from "@/lib/letters/draft-queries";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { type Unshown, unshownParts } from "@/lib/letters/markdown/unshown";
import { picturesOf, shownPictures } from "@/lib/letters/pictures/queries";
import { workingLinks } from "@/lib/letters/previews/queries";
import type { ShownLink } from "@/lib/letters/previews/rules";
import { versionsOf } from "@/lib/letters/queries";
import {
  isSameText,
  type LetterStatus,
  type LetterTexts,
  letterStatus,
  missingParts,
  type TextPart,
} from "@/lib/letters/rules";
import { TITLES, titleOf } from "@/lib/letters/titles";
import { proposedAnswerDate } from "@/lib/signatures/confirm-again/rules";
import type { Prisma } from "@/prisma/generated/client";

const LETTER = {
  id: true,
  slug: true,
  organiserName: true,
  opensAt: true,
  closesAt: true,
  plannedClose: true,
  closingNote: true,
  unpublishedAt: true,
  archivedAt: true,
  unpublishedNote: true,
  featured: true,
  listed: true,
  ...TITLES,
} as const;

/** A letter as its organiser's pages show it. */
export type OrganiserLetter = {
  id: string;
  slug: string;
  title: string;
  textLocale: string;
  /** The language that it is written in. */
  locale: string;
  status: LetterStatus | "scheduled" | "archived";
  opensAt: Date | null;
  closesAt: Date | null;
  /** Of one that was closed before its time: when it would have closed, while that is still to come. */
  plannedClose: Date | null;
  closingNote: string | null;
  unpublishedNote: string | null;
  featured: boolean;
  listed: boolean;
  /** As readers see it. */
  tally: Tally;
  /** How many signatures wait for a decision. */
  waiting: number;
};

/** All letters, newest first. @throws DomainError `forbidden` */
export async function listLetters(admin: Admin, locale: string, now: Date): Promise<OrganiserLetter[]> {
  assertMaySomewhere(admin, "letter.read");
  const rows = await db.letter.findMany({ where: lettersOf(admin), orderBy: { id: "desc" }, select: LETTER });
  return Promise.all(rows.map((row) => toLetter(row, locale, now)));
}

/** One letter; null where there is none of that slug. @throws DomainError `forbidden` */
export async function organiserLetter(
  admin: Admin,
  slug: string,
  locale: string,
  now: Date,
): Promise<OrganiserLetter | null> {
  assertMaySomewhere(admin, "letter.read");
  const row = await db.letter.findUnique({ where: { slug, ...lettersOf(admin) }, select: LETTER });
  return row && toLetter(row, locale, now);
}

type Row = Parameters<typeof titleOf>[0] &
  Omit<OrganiserLetter, "title" | "textLocale" | "status" | "tally" | "waiting"> & {
    unpublishedAt: Date | null;
    archivedAt: Date | null;
  };

async function toLetter(row: Row, locale: string, now: Date): Promise<OrganiserLetter> {
  const { locale: textLocale, title } = titleOf(row, locale);
  const status = row.archivedAt && !row.unpublishedAt ? "archived" : letterStatus(row, now);
  const { id, slug, opensAt, closesAt, plannedClose, closingNote, unpublishedNote, featured, listed } = row;
  return {
    ...{ id, slug, title, textLocale, locale: row.locale, opensAt, closesAt, closingNote, unpublishedNote },
    ...{ featured, listed },
    plannedClose: plannedClose && plannedClose > now ? plannedClose : null,
    status: status === "draft" && opensAt ? "scheduled" : status,
    tally: await readTally(db, id),
    waiting: await db.signature.count({ where: { letterId: id, state: "VERIFIED", hold: null } }),
  };
}

/** The organiser's name of the newest letter: the next one has the same, most likely. */
export async function usualOrganiser(admin: Admin): Promise<{ name: string; url: string | null } | null> {
  assertMay(admin, "letter.create");
  const letter = await db.letter.findFirst({
    orderBy: { id: "desc" },
    select: { organiserName: true, organiserUrl: true },
  });
  return letter && { name: letter.organiserName, url: letter.organiserUrl };
}

/** The text that is being written, and who saved it last. */
export type DraftView = {
  text: LetterTexts;
  revision: number;
  savedAt: Date | null;
  savedBy: string | null;
};

/** The text in one language. @throws DomainError `forbidden` */
export async function draftView(admin: Admin, letterId: string, locale: string): Promise<DraftView> {
  assertMay(admin, "letter.read", letterId);
  const { adminId, ...draft } = await readDraft(db, letterId, locale);
  const by = adminId && (await db.admin.findUnique({ where: { id: adminId }, select: { address: true } }));
  return { ...draft, savedBy: by ? decryptAdminAddress(by.address) : null };
}

/** In which languages a letter has been written, its own first. */
export async function writtenLocales(admin: Admin, { id, locale }: OrganiserLetter): Promise<string[]> {
  assertMay(admin, "letter.read", id);
  const [drafts, published] = [await draftTexts(db, id), await publishedTexts(db, id)];
  return [...new Set([locale, ...(published?.texts.keys() ?? []), ...drafts.keys()])];
}

/** What publishing would do now. */
export type Unpublished = {
  missing: { locale: string; part: TextPart }[];
  /** The languages whose text differs from what readers have. */
  changed: { locale: string; blocks: DiffBlock[] }[];
  /** Of a change of what readers have. */
  measure: Measure | null;
  /** Names the drafts that this is about. */
  drafts: string;
  /** What readers would not get, by language. */
  unshown: { locale: string; parts: Unshown[] }[];
  /** What it means for those who have signed. */
  concerned: Concerned | null;
  /** The date that is proposed for those who are asked to confirm again. */
  answerBy: Date;
};

/** What has been written and is not published yet. @throws DomainError `forbidden` */
export async function unpublishedChanges(
  admin: Admin,
  { id, locale }: OrganiserLetter,
  now: Date,
): Promise<Unpublished> {
  assertMay(admin, "letter.read", id);
  // Before the texts: one that is saved in between is refused when it is published, not published unseen.
  const stamp = await draftsStamp(db, id);
  const [drafts, published] = [await draftTexts(db, id), await publishedTexts(db, id)];
  const before = published?.texts ?? new Map<string, LetterTexts>();
  const begun = [...drafts].filter(([of, text]) => of === locale || missingParts(text).length < 4);
  const changed = begun.filter(([of, text]) => {
    const old = before.get(of);
    return !old || !isSameText(old, text);
  });
  const missing = changed.flatMap(([of, text]) => missingParts(text).map((part) => ({ locale: of, part })));
  const blocks = changed.map(([of, text]) => ({
    locale: of,
    blocks: compareLetters(before.get(of) ?? NOTHING, text, of),
  }));
  const compared =
    published && changed.length > 0 ? await compareWithVersions(db, id, new Map([...before, ...begun])) : [];
  return {
    missing,
    changed: published ? blocks : changed.map(([of]) => ({ locale: of, blocks: [] })),
    measure: compared.at(-1)?.measure ?? null,
    drafts: stamp,
    unshown: await unshownIn(id, changed),
    concerned: compared.length > 0 ? await countConcerned(db, id, compared) : null,
    answerBy: proposedAnswerDate(published?.answerBy ?? null, now),
  };
}

async function unshownIn(letterId: string, texts: [string, LetterTexts][]): Promise<Unpublished["unshown"]> {
  const pictures = await picturesOf(db, letterId);
  const each = texts.map(([locale, { body }]) => ({ locale, parts: unshownParts(body, pictures) }));
  return each.filter(({ parts }) => parts.length > 0);
}

const NOTHING: LetterTexts = { title: "", standfirst: "", recipients: "", body: "" };

/** All versions of a letter, newest first. @throws DomainError `forbidden` */
export async function letterHistory(admin: Admin, { id }: OrganiserLetter) {
  assertMay(admin, "letter.read", id);
  return versionsOf(db, id);
}

/** How those have answered who were asked to confirm the newest version. */
export type Answers = { signed: number; waiting: number; earlier: number; answerBy: Date };

/** Null where nobody was asked. @throws DomainError `forbidden` */
export async function answersOf(admin: Admin, { id }: OrganiserLetter): Promise<Answers | null> {
  assertMay(admin, "letter.read", id);
  const newest = await db.letterVersion.findFirst({
    where: { letterId: id },
    orderBy: { number: "desc" },
    select: { id: true, answerBy: true, createdAt: true },
  });
  if (!newest?.answerBy) return null;
  const confirmed = { state: { in: ["VERIFIED", "APPROVED"] } } satisfies Prisma.SignatureWhereInput;
  const large = { followed: { some: { versionId: newest.id, size: "LARGE" } } } as const;
  const count = (where: Prisma.SignatureWhereInput) =>
    db.signature.count({ where: { letterId: id, ...confirmed, ...where } });
  return {
    answerBy: newest.answerBy,
    signed: await count({ letterVersionId: newest.id, submittedAt: { lt: newest.createdAt } }),
    waiting: await count({ version: large, earlier: false }),
    earlier: await count({ version: large, earlier: true }),
  };
}

/** What the letter's page tells of what happened. @throws DomainError `forbidden` */
export async function timelineOf(admin: Admin, { id }: OrganiserLetter) {
  assertMay(admin, "letter.read", id);
  return db.timelineEntry.findMany({
    where: { letterId: id },
    orderBy: { day: "asc" },
    select: { id: true, day: true, text: true, url: true },
  });
}

/** All pictures of a letter, the newest first, and whether a text of it shows them. @throws DomainError `forbidden` */
export async function letterPictures(admin: Admin, { id }: Pick<OrganiserLetter, "id">) {
  assertMay(admin, "letter.read", id);
  const rows = await db.letterPicture.findMany({
    where: { letterId: id },
    orderBy: [{ addedAt: "desc" }, { name: "asc" }],
    select: { name: true, alt: true, caption: true, width: true, height: true },
  });
  const shown = await shownPictures(db, id);
  return rows.map((row) => ({ ...row, shown: shown.has(row.name) }));
}

/** The links to a letter's draft that work now. @throws DomainError `forbidden` */
export async function previewLinks(admin: Admin, slug: string, now: Date): Promise<ShownLink[]> {
  const letter = await db.letter.findUnique({ where: { slug }, select: { id: true } });
  assertMay(admin, "letter.read", letter?.id);
  const links = await workingLinks(db, slug, now);
  return links.map(({ id, expiresAt }) => ({ id: publicId(id), expiresAt: expiresAt.toISOString() }));
}

type Drafted = { body: string; language?: string; picturesAt: string };

/** A body that is being written as readers would see it, and its pictures that they would not. @throws DomainError `forbidden` */
export async function renderedDraft(admin: Admin, slug: string, { body, ...rendering }: Drafted) {
  const letter = await db.letter.findUnique({ where: { slug }, select: { id: true } });
  assertMay(admin, "letter.read", letter?.id);
  const pictures = letter ? await picturesOf(db, letter.id) : new Map();
  const bodyHtml = renderMarkdown(body, { ...rendering, pictures });
  return { bodyHtml, unshown: unshownParts(body, pictures) };
}
