import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type { Prisma, SignatoryKind } from "@/prisma/generated/client";

/** The columns of a signature that its flags follow from. */
export const FLAGGED_COLUMNS = {
  id: true,
  letterId: true,
  address: true,
  addressHash: true,
  networkHash: true,
  submittedAt: true,
  flags: true,
  letter: { select: { slug: true, organiserUrl: true } },
  key: { select: { wrapped: true } },
  signatory: { select: { kind: true, typed: true, corrected: true } },
} as const;

type FlaggedRow = Prisma.SignatureGetPayload<{ select: typeof FLAGGED_COLUMNS }>;

/** A signature, opened, as far as its flags follow from it. */
export type Flagged = {
  id: string;
  letterId: string;
  slug: string;
  organiserUrl: string | null;
  email: string;
  addressHash: string | null;
  networkHash: string | null;
  submittedAt: Date;
  /** As they are stored. */
  flags: string[];
  kind: SignatoryKind;
  fields: SignatoryFields;
};

/** Opens what the flags follow from; null where the person was erased. */
export function decryptFlagged({ address, letter, key, signatory, ...row }: FlaggedRow): Flagged | null {
  const { kind, typed, corrected } = signatory;
  if (!key || !address || !typed) return null;
  const dataKey = decryptDataKey(row.id, key.wrapped);
  const email = decrypt(dataKey, "signature.address", address);
  const fields = decryptSignatory(dataKey, { typed, corrected });
  return { ...row, ...letter, email, kind, fields };
}
