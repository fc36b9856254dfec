import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { chooseText } from "@/lib/letters/rules";
import { addressHash } from "@/lib/signatures/claim";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { statesBefore } from "@/lib/signatures/rules";
import type { SignatoryKind, SignatureState, Visibility } from "@/prisma/generated/enums";

/** A signature that a mailbox holds, as an operator needs it to know which one is meant. */
export type HeldSignature = {
  id: string;
  letter: string;
  kind: SignatoryKind;
  name: string;
  state: SignatureState;
  visibility: Visibility;
  submittedAt: Date;
};

const SELECT = {
  id: true,
  state: true,
  visibility: true,
  submittedAt: true,
  key: { select: { wrapped: true } },
  signatory: { select: { kind: true, typed: true, corrected: true } },
  letter: {
    select: {
      locale: true,
      versions: {
        orderBy: { number: "desc" },
        take: 1,
        select: { texts: { select: { locale: true, title: true } } },
      },
    },
  },
} as const;

/** The signatures that were given from a mailbox and can be withdrawn, oldest first. @param email any spelling */
export async function heldBy(email: string): Promise<HeldSignature[]> {
  const rows = await db.signature.findMany({
    where: { addressHash: addressHash(email), state: { in: statesBefore("withdraw") } },
    orderBy: { id: "asc" },
    select: SELECT,
  });
  return rows.flatMap(({ key, signatory: { kind, typed, corrected }, letter, ...row }) => {
    if (!key || !typed) return [];
    const { name } = decryptSignatory(decryptDataKey(row.id, key.wrapped), { typed, corrected });
    const { title } = chooseText(letter.versions[0]?.texts ?? [], letter.locale, letter.locale);
    return [{ ...row, letter: title, kind, name }];
  });
}
