import type { Database } from "@/lib/db/client";
import { isSuppressed } from "@/lib/mail/suppress-address";
import { claimOf } from "@/lib/signatures/claim";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { openCountry } from "@/lib/signatures/sealed-origin";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";
import { hashToken } from "@/lib/vault/tokens";
import type { Prisma } from "@/prisma/generated/client";
import type { SignatoryKind, SignatureState, Visibility } from "@/prisma/generated/enums";

/** A pending signature as its own mailbox sees it before confirming. */
export type PendingSignature = {
  state: "pending";
  /** The number of this content; the confirmation names it. */
  revision: number;
  slug: string;
  kind: SignatoryKind;
  country: string;
  visibility: Visibility;
  updates: boolean;
  email: string;
  comment: string | null;
  signatory: SignatoryFields;
  /** Whether another signature of the mailbox holds its place, so that it cannot be confirmed. */
  taken: boolean;
  others: OtherEntries;
};

/** What else waits for its confirmation at the same spelling of the address and for the same letter. */
export type OtherEntries = {
  earlier: boolean;
  /** Came in since; `mailed` where each one has a link that was mailed or waits for a limit. */
  newer: "none" | "mailed" | "unmailed";
};

/** What is behind a confirmation link: a link that was used tells how the signature stands. */
export type BehindToken =
  | PendingSignature
  | { state: "used"; slug: string; signatureState: SignatureState; visibility: Visibility }
  | { state: "expired" }
  | { state: "unknown" };

const SELECT = {
  usedAt: true,
  expiresAt: true,
  signature: {
    select: {
      id: true,
      letterId: true,
      state: true,
      revision: true,
      submittedAt: true,
      spellingHash: true,
      visibility: true,
      updates: true,
      address: true,
      comment: true,
      key: { select: { wrapped: true } },
      letter: { select: { slug: true } },
      signatory: { select: { kind: true, country: true, sealedCountry: true, typed: true } },
    },
  },
} as const;

/** Looks behind the token of a mailed link. Changes nothing. */
export async function signatureBehindToken(db: Database, token: string, now: Date): Promise<BehindToken> {
  const found = await db.signatureToken.findUnique({
    where: { hash: hashToken(token), purpose: "CONFIRM" },
    select: SELECT,
  });
  if (!found) return { state: "unknown" };
  const { state, letter, visibility } = found.signature;
  if (found.usedAt) return { state: "used", slug: letter.slug, signatureState: state, visibility };
  if (found.expiresAt <= now || state !== "PENDING") return { state: "expired" };
  return (await pending(db, found.signature, now)) ?? { state: "unknown" };
}

/** Whether a token of a mailed link was ever given out, and is not forgotten. */
export async function isTokenKnown(db: Database, token: string): Promise<boolean> {
  const where = { hash: hashToken(token), purpose: "CONFIRM" } as const;
  return (await db.signatureToken.findUnique({ where, select: { expiresAt: true } })) !== null;
}

type Found = Prisma.SignatureTokenGetPayload<{ select: typeof SELECT }>["signature"];

async function pending(db: Database, row: Found, now: Date): Promise<PendingSignature | null> {
  const { id, letterId, key, address, comment, revision, visibility, updates } = row;
  const { kind, typed } = row.signatory;
  if (!key || !address || !typed) return null;
  const dataKey = openDataKey(id, key.wrapped);
  const email = open(dataKey, "signature.address", address);
  const signatory = openSignatory(dataKey, { typed, corrected: null });
  const claim = claimOf(letterId, email, kind, signatory.name);
  return {
    state: "pending",
    slug: row.letter.slug,
    kind,
    country: openCountry(dataKey, row.signatory),
    revision,
    visibility,
    updates,
    email,
    comment: comment && open(dataKey, "signature.comment", comment),
    signatory,
    taken: (await db.signature.count({ where: { claim } })) > 0,
    others: await otherEntries(db, row, now),
  };
}

async function otherEntries(db: Database, row: Found, now: Date): Promise<OtherEntries> {
  const { id, letterId, spellingHash, submittedAt } = row;
  if (!spellingHash) return { earlier: false, newer: "none" };
  const works = { usedAt: null, expiresAt: { gt: now } };
  const rows = await db.signature.findMany({
    where: { letterId, spellingHash, state: "PENDING", lapsesAt: { gt: now }, id: { not: id } },
    select: {
      submittedAt: true,
      mails: { where: { state: "HELD" }, select: { id: true } },
      _count: { select: { tokens: { where: works } } },
    },
  });
  const newer = rows.filter((other) => other.submittedAt >= submittedAt);
  const reached = newer.length > 0 && !(await isSuppressed(db, spellingHash, "confirm-signature"));
  const mailed = reached && newer.every(({ mails, _count }) => mails.length > 0 || _count.tokens > 0);
  return {
    earlier: newer.length < rows.length,
    newer: newer.length === 0 ? "none" : mailed ? "mailed" : "unmailed",
  };
}
