import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { can } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { TITLES, titleOf } from "@/lib/letters/titles";
import { oldMails } from "@/lib/mail/forget-old-mails";
import { isRecordAsked, KEPT_DAYS, type Kept, keptSince, recordTime } from "@/lib/retention/rules";
import { tokenExpiry } from "@/lib/signatures/rules";
import { Prisma } from "@/prisma/generated/client";

/** How far ahead the preview looks. */
export const PREVIEW_DAYS = 7;
const MOST = 10_000;

export type PreviewLine = {
  what: Kept;
  days: number;
  /** How many are deleted by then, up to `MOST`; one more stands for any number beyond. */
  soon: number;
};

/** What is deleted by itself, and how much of it within some days. @throws DomainError `forbidden` */
export async function retentionPreview(admin: Admin, now: Date): Promise<PreviewLine[]> {
  assertMay(admin, "data.manage");
  const soon = new Date(now.getTime() + PREVIEW_DAYS * 86_400_000);
  const since = (what: Kept) => keptSince(what, soon);
  const due: Record<Kept, Prisma.Sql> = {
    unconfirmed: Prisma.sql`signature WHERE state = 'PENDING' AND expires_at <= ${soon}`,
    rejected: Prisma.sql`signature WHERE state = 'REJECTED' AND decided_at < ${since("rejected")}`,
    network: Prisma.sql`signature WHERE network_hash IS NOT NULL AND submitted_at < ${since("network")}`,
    link: Prisma.sql`confirmation_link WHERE used_at IS NULL AND expires_at < ${tokenExpiry(since("link"))}`,
    objection: Prisma.sql`objection WHERE contents IS NOT NULL AND decided_at < ${since("objection")}`,
    email: oldMails(since("email")),
    bounced: Prisma.sql`suppression WHERE reason = 'BOUNCED' AND at < ${since("bounced")}`,
    complained: Prisma.sql`suppression WHERE reason = 'COMPLAINED' AND at < ${since("complained")}`,
  };
  return Promise.all(
    (Object.keys(KEPT_DAYS) as Kept[]).map(async (what) => {
      const [row] = await db.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM (SELECT FROM ${due[what]} LIMIT ${MOST + 1}) due`;
      return { what, days: KEPT_DAYS[what], soon: row?.count ?? 0 };
    }),
  );
}

/** What becomes of a closed letter's data, or of one that will close. */
export type LetterRecord = {
  id: string;
  slug: string;
  title: string;
  textLocale: string;
  closesAt: Date;
  months: number;
  /** When only its public record is left. */
  time: Date;
  state: "open" | "unconfirmed" | "asked" | "confirmed" | "running" | "done";
  /** How many signatures still hold more than that. */
  whole: number;
};

const COLUMNS = {
  id: true,
  slug: true,
  closesAt: true,
  recordMonths: true,
  recordConfirmed: true,
  recordPlace: true,
  recordSince: true,
  ...TITLES,
} as const;

/** The letters that have a closing time, the first to close first. @throws DomainError `forbidden` */
export async function letterRecords(admin: Admin, locale: string, now: Date): Promise<LetterRecord[]> {
  assertMay(admin, "data.manage");
  const rows = await db.letter.findMany({
    where: { closesAt: { not: null } },
    orderBy: [{ closesAt: "asc" }, { id: "asc" }],
    select: COLUMNS,
  });
  return Promise.all(
    rows.flatMap((row) => {
      const { id, slug, closesAt, recordMonths: months } = row;
      const time = recordTime(row);
      if (!closesAt || !time) return [];
      const { locale: textLocale, title } = titleOf(row, locale);
      const shown = { id, slug, title, textLocale, closesAt, months, time, state: stateOf(row, now) };
      return countWhole(id).then((whole) => ({ ...shown, whole }));
    }),
  );
}

/** A letter that was taken down before it was closed: nothing of it is ever deleted. */
export type Unended = Pick<LetterRecord, "slug" | "title" | "textLocale" | "whole">;

/** Those that will not close by themselves. @throws DomainError `forbidden` */
export async function unendedLetters(admin: Admin, locale: string): Promise<Unended[]> {
  assertMay(admin, "data.manage");
  const rows = await db.letter.findMany({
    where: { unpublishedAt: { not: null }, closesAt: null },
    orderBy: [{ unpublishedAt: "asc" }, { id: "asc" }],
    select: COLUMNS,
  });
  return Promise.all(
    rows.map(async (row) => {
      const { locale: textLocale, title } = titleOf(row, locale);
      return { slug: row.slug, title, textLocale, whole: await countWhole(row.id) };
    }),
  );
}

const countWhole = (letterId: string) => db.signature.count({ where: { letterId, address: { not: null } } });

type Row = Prisma.LetterGetPayload<{ select: typeof COLUMNS }>;

function stateOf(row: Row, now: Date): LetterRecord["state"] {
  const { closesAt, recordConfirmed, recordPlace, recordSince } = row;
  if (recordSince) return "done";
  if (!closesAt || closesAt > now) return "open";
  if (isRecordAsked(row, now)) return "asked";
  if (recordConfirmed?.getTime() !== recordTime(row)?.getTime()) return "unconfirmed";
  return recordPlace ? "running" : "confirmed";
}

/** The slug of a letter by its id; null where there is none. @throws DomainError `forbidden` */
export async function slugOfRecord(admin: Admin, id: string): Promise<string | null> {
  assertMay(admin, "data.manage");
  return (await db.letter.findUnique({ where: { id }, select: { slug: true } }))?.slug ?? null;
}

/** How many letters wait for an owner to confirm that all but their public record is deleted; none for others to see. */
export async function recordsAsked(admin: Admin, now: Date): Promise<number> {
  if (!can(admin.role, "data.manage")) return 0;
  const closed = await db.letter.findMany({
    where: { closesAt: { lte: now }, recordSince: null },
    select: { closesAt: true, recordMonths: true, recordConfirmed: true, recordSince: true },
  });
  return closed.filter((letter) => isRecordAsked(letter, now)).length;
}
