import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { type CountryColumns, openCountry } from "@/lib/signatures/sealed-origin";
import { openDataKey } from "@/lib/vault/keys";
import type {
  Prisma,
  Quarantine,
  SignatoryKind,
  SignatureState,
  Visibility,
} from "@/prisma/generated/client";

/** The states that moderators look through: those with a verified mailbox and a person behind them. */
export const LISTED_STATES = ["VERIFIED", "APPROVED", "REJECTED"] as const;

export type ListedState = (typeof LISTED_STATES)[number];

/** The lists that moderators look through: by state, and apart from the queue those in quarantine. */
export const LIST_VIEWS = ["VERIFIED", "QUARANTINE", "APPROVED", "REJECTED"] as const;

export type ListView = (typeof LIST_VIEWS)[number];

/** Those lists that somebody works through from the oldest on. */
export type WaitingView = Extract<ListView, "VERIFIED" | "QUARANTINE">;

export const isWaitingView = (view?: ListView): view is WaitingView =>
  view === "VERIFIED" || view === "QUARANTINE";

/** A line of the moderators' list. */
export type QueueLine = {
  id: string;
  state: SignatureState;
  kind: SignatoryKind;
  name: string;
  country: string;
  visibility: Visibility;
  expert: boolean;
  slug: string;
  verifiedAt: Date;
  /** Codes of what to notice, of `FLAGS`. */
  flags: string[];
  quarantine: Quarantine | null;
};

/** The place of a line in the list's order. */
export type QueuePlace = { verifiedAt: Date; id: string };

const PAGE = 50;

const LINE = {
  id: true,
  state: true,
  visibility: true,
  verifiedAt: true,
  flags: true,
  quarantine: true,
  letter: { select: { slug: true } },
  key: { select: { wrapped: true } },
  signatory: {
    select: { kind: true, country: true, sealedCountry: true, expert: true, typed: true, corrected: true },
  },
} as const;

/**
 * A page of one of the lists, by when they were verified: waiting ones oldest first, decided ones newest
 * first.
 * @param after the last line of the page before
 * @returns the lines and, where more follow, the place to go on after
 */
export async function listSignatures(
  admin: Admin,
  view: ListView,
  after?: QueuePlace,
): Promise<{ lines: QueueLine[]; next: QueuePlace | null }> {
  assertMay(admin, "signature.read");
  const order = isWaitingView(view) ? ("asc" as const) : ("desc" as const);
  const beyond = order === "asc" ? "gt" : "lt";
  const rows = await db.signature.findMany({
    where: {
      ...inView(view),
      key: { isNot: null },
      ...(after && {
        OR: [
          { verifiedAt: { [beyond]: after.verifiedAt } },
          { verifiedAt: after.verifiedAt, id: { [beyond]: after.id } },
        ],
      }),
    },
    orderBy: [{ verifiedAt: order }, { id: order }],
    take: PAGE + 1,
    select: LINE,
  });
  const lines = rows.slice(0, PAGE).flatMap(toLine);
  const last = lines.at(-1);
  return { lines, next: rows.length > PAGE && last ? { verifiedAt: last.verifiedAt, id: last.id } : null };
}

function inView(view: ListView): Prisma.SignatureWhereInput {
  if (view === "VERIFIED") return { state: "VERIFIED", quarantine: null };
  if (view === "QUARANTINE") return { state: "VERIFIED", quarantine: { not: null } };
  return { state: view };
}

type Row = {
  id: string;
  state: SignatureState;
  visibility: Visibility;
  verifiedAt: Date | null;
  flags: string[];
  quarantine: Quarantine | null;
  letter: { slug: string };
  key: { wrapped: string } | null;
  signatory: CountryColumns & {
    kind: SignatoryKind;
    expert: boolean;
    typed: string | null;
    corrected: string | null;
  };
};

function toLine({ letter, key, signatory, verifiedAt, ...row }: Row): QueueLine[] {
  const { kind, expert, typed, corrected } = signatory;
  if (!verifiedAt || !key || !typed) return [];
  const dataKey = openDataKey(row.id, key.wrapped);
  const { name } = openSignatory(dataKey, { typed, corrected });
  const country = openCountry(dataKey, signatory);
  return [{ ...row, kind, name, country, expert, slug: letter.slug, verifiedAt }];
}

/**
 * The waiting signature that follows one in the queue, or in quarantine; the oldest where none follows; null where none
 * waits there.
 */
export async function nextWaiting(
  admin: Admin,
  id: string,
  view: WaitingView = "VERIFIED",
): Promise<string | null> {
  assertMay(admin, "signature.read");
  const [next] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM signature
    WHERE state = 'VERIFIED' AND (quarantine IS NOT NULL) = ${view === "QUARANTINE"} AND id <> ${id}::uuid
    ORDER BY (verified_at, id) <= (SELECT verified_at, id FROM signature WHERE id = ${id}::uuid), verified_at, id
    LIMIT 1`;
  return next?.id ?? null;
}
