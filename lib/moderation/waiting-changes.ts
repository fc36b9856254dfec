import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { ofTheirLetters } from "@/lib/auth/letters-of";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";

/** A signature of which its signatory wants something else to be shown, or which is to move to another address. */
export type WaitingChange = {
  id: string;
  slug: string;
  name: string;
  at: Date;
  what: "change" | "show" | "move";
};

const MOST = 50;

const OF = {
  id: true,
  letter: { select: { slug: true } },
  key: { select: { wrapped: true } },
  signatory: { select: { typed: true, corrected: true } },
} as const;

/**
 * What of signatories' changes waits for a moderator in their letters, oldest first.
 * @param slug of a letter; null for all
 */
export async function waitingChanges(admin: Admin, slug: string | null): Promise<WaitingChange[]> {
  assertMaySomewhere(admin, "signature.read");
  const signature = { key: { isNot: null }, ...ofTheirLetters(admin), ...(slug && { letter: { slug } }) };
  const proposals = await db.proposal.findMany({
    where: { state: "WAITING", signature },
    orderBy: { proposedAt: "asc" },
    take: MOST,
    select: { proposedAt: true, shows: true, signature: { select: OF } },
  });
  const moves = await db.addressMove.findMany({
    where: { state: "CONFIRMED", signature },
    orderBy: { askedAt: "asc" },
    take: MOST,
    select: { askedAt: true, signature: { select: OF } },
  });
  const lines = [
    ...proposals.map(({ signature: of, proposedAt, shows }) =>
      toLine(of, proposedAt, shows ? "show" : "change"),
    ),
    ...moves.map(({ signature: of, askedAt }) => toLine(of, askedAt, "move")),
  ];
  return lines.sort((one, other) => one.at.getTime() - other.at.getTime());
}

type Of = {
  id: string;
  letter: { slug: string };
  key: { wrapped: string } | null;
  signatory: { typed: string | null; corrected: string | null };
};

function toLine({ id, letter, key, signatory }: Of, at: Date, what: WaitingChange["what"]): WaitingChange {
  const { typed, corrected } = signatory;
  const name =
    key && typed ? decryptSignatory(decryptDataKey(id, key.wrapped), { typed, corrected }).name : "";
  return { id, slug: letter.slug, name, at, what };
}

/** How many there are. */
export async function countWaitingChanges(admin: Admin): Promise<number> {
  assertMaySomewhere(admin, "signature.read");
  const signature = { key: { isNot: null }, ...ofTheirLetters(admin) };
  return (
    (await db.proposal.count({ where: { state: "WAITING", signature } })) +
    (await db.addressMove.count({ where: { state: "CONFIRMED", signature } }))
  );
}
