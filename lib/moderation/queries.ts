import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { openDataKey } from "@/lib/vault/keys";
import type { SignatoryKind, SignatureState, Visibility } from "@/prisma/generated/enums";

/** The states that moderators look through: those with a verified mailbox and a person behind them. */
export const LISTED_STATES = ["VERIFIED", "APPROVED", "REJECTED"] as const;

export type ListedState = (typeof LISTED_STATES)[number];

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
};

/** The place of a line in the list's order. */
export type QueuePlace = { verifiedAt: Date; id: string };

const PAGE = 50;

const LINE = {
  id: true,
  state: true,
  visibility: true,
  verifiedAt: true,
  letter: { select: { slug: true } },
  key: { select: { wrapped: true } },
  signatory: { select: { kind: true, country: true, expert: true, typed: true, corrected: true } },
} as const;

/**
 * A page of the signatures in a state, by when they were verified: waiting ones oldest first, decided ones newest
 * first.
 * @param after the last line of the page before
 * @returns the lines and, where more follow, the place to go on after
 */
export async function listSignatures(
  admin: Admin,
  state: ListedState,
  after?: QueuePlace,
): Promise<{ lines: QueueLine[]; next: QueuePlace | null }> {
  assertMay(admin, "signature.read");
  const order = state === "VERIFIED" ? ("asc" as const) : ("desc" as const);
  const beyond = order === "asc" ? "gt" : "lt";
  const rows = await db.signature.findMany({
    where: {
      state,
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

type Row = {
  id: string;
  state: SignatureState;
  visibility: Visibility;
  verifiedAt: Date | null;
  letter: { slug: string };
  key: { wrapped: string } | null;
  signatory: {
    kind: SignatoryKind;
    country: string;
    expert: boolean;
    typed: string | null;
    corrected: string | null;
  };
};

function toLine({ id, state, visibility, verifiedAt, letter, key, signatory }: Row): QueueLine[] {
  const { kind, country, expert, typed, corrected } = signatory;
  if (!verifiedAt || !key || !typed) return [];
  const { name } = openSignatory(openDataKey(id, key.wrapped), { typed, corrected });
  return [{ id, state, kind, name, country, visibility, expert, slug: letter.slug, verifiedAt }];
}

/** The waiting signature that follows one in the queue; the oldest where none follows; null where none waits. */
export async function nextWaiting(admin: Admin, id: string): Promise<string | null> {
  assertMay(admin, "signature.read");
  const [next] = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM signature
    WHERE state = 'VERIFIED' AND id <> ${id}::uuid
    ORDER BY (verified_at, id) <= (SELECT verified_at, id FROM signature WHERE id = ${id}::uuid), verified_at, id
    LIMIT 1`;
  return next?.id ?? null;
}
