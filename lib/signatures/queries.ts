import type { Database } from "@/lib/db/client";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { type CountryColumns, openCountry } from "@/lib/signatures/sealed-origin";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import { openDataKey } from "@/lib/vault/keys";
import { open } from "@/lib/vault/seal";
import { hashToken } from "@/lib/vault/tokens";
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
      state: true,
      revision: true,
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
  return pending(found.signature);
}

/** Whether a token of a mailed link was ever given out, and is not forgotten. */
export async function isTokenKnown(db: Database, token: string): Promise<boolean> {
  const where = { hash: hashToken(token), purpose: "CONFIRM" } as const;
  return (await db.signatureToken.findUnique({ where, select: { expiresAt: true } })) !== null;
}

type Found = {
  id: string;
  revision: number;
  visibility: Visibility;
  updates: boolean;
  address: string | null;
  comment: string | null;
  key: { wrapped: string } | null;
  letter: { slug: string };
  signatory: CountryColumns & { kind: SignatoryKind; typed: string | null };
};

function pending({ id, key, address, comment, signatory, letter, ...rest }: Found): BehindToken {
  if (!key || !address || !signatory.typed) return { state: "unknown" };
  const dataKey = openDataKey(id, key.wrapped);
  return {
    state: "pending",
    slug: letter.slug,
    kind: signatory.kind,
    country: openCountry(dataKey, signatory),
    revision: rest.revision,
    visibility: rest.visibility,
    updates: rest.updates,
    email: open(dataKey, "signature.address", address),
    comment: comment && open(dataKey, "signature.comment", comment),
    signatory: openSignatory(dataKey, { typed: signatory.typed, corrected: null }),
  };
}
