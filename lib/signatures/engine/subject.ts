import type { Tx } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { countryOf } from "@/lib/signatures/encrypted-origin";
import type { Standing } from "@/lib/signatures/engine/rules";
import type { Prisma } from "@/prisma/generated/client";

const COLUMNS = {
  id: true,
  letterId: true,
  state: true,
  visibility: true,
  hold: true,
  earlier: true,
  concealed: true,
  revision: true,
  reason: true,
  address: true,
  claim: true,
  submittedAt: true,
  expiresAt: true,
  verifiedAt: true,
  decidedAt: true,
  publishedAt: true,
  letter: { select: { locale: true } },
  version: { select: { id: true, number: true } },
  key: { select: { wrapped: true } },
  signatory: {
    select: {
      id: true,
      kind: true,
      encryptedCountry: true,
      expert: true,
      typed: true,
      corrected: true,
    },
  },
} as const satisfies Prisma.SignatureSelect;

type Row = Prisma.SignatureGetPayload<{ select: typeof COLUMNS }>;

/** A signature that is about to change, as it stands in this transaction. What is encrypted is opened when asked for. */
export type Subject = Standing &
  Pick<
    Row,
    | "id"
    | "revision"
    | "reason"
    | "claim"
    | "submittedAt"
    | "expiresAt"
    | "verifiedAt"
    | "decidedAt"
    | "publishedAt"
  > & {
    signatoryId: string;
    encryptedCountry: string | null;
    /** Whether the person behind it is erased: nothing of it can be opened. */
    erased: boolean;
    /** Whether nothing is left of it but what is public, or less. */
    bare: boolean;
    /** @throws where the person is erased */
    readonly key: DataKey;
    /** @throws where the person is erased */
    readonly email: string;
    /** The name before any correction. @throws where the person is erased */
    readonly typedName: string;
  };

/**
 * Locks signatures until the transaction ends, in the order of their ids, and reads them as they stand then. Anyone who
 * changes signatures locks them first of all, before letters, counts, tokens and mails: so nobody waits in a circle.
 * @returns those that exist, in the order of their ids
 */
export async function lockSubjects(tx: Tx, ids: string[]): Promise<Subject[]> {
  await lockSignatures(tx, ids);
  // A statement of its own: it sees what those have committed for whom the lock has waited.
  const rows = await tx.signature.findMany({
    where: { id: { in: ids } },
    orderBy: { id: "asc" },
    select: COLUMNS,
  });
  return rows.map(toSubject);
}

/** Only locks them, in the same order: for those that change many signatures otherwise. */
export async function lockSignatures(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$queryRaw`SELECT 1 FROM signature WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}

function toSubject({ key: wrapped, signatory, address, letter, ...row }: Row): Subject {
  const { id: signatoryId, kind, expert, typed, corrected, encryptedCountry } = signatory;
  const key = once(() => {
    if (!wrapped) throw new Error("the person behind a signature is erased");
    return decryptDataKey(row.id, wrapped.wrapped);
  });
  const fields = once(() => decryptSignatory(key(), { typed: typed ?? "", corrected }));
  const opened = once(() => countryOf(row.id, wrapped, encryptedCountry));
  return {
    ...row,
    language: letter.locale,
    kind,
    expert,
    signatoryId,
    encryptedCountry,
    erased: !wrapped || !typed,
    bare: !address,
    get key() {
      return key();
    },
    get email() {
      return decrypt(key(), "signature.address", address ?? "");
    },
    get typedName() {
      return decryptSignatory(key(), { typed: typed ?? "", corrected: null }).name;
    },
    get country() {
      return opened();
    },
    get fields() {
      return fields();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
