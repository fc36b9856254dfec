import type { Tx } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { countryOf } from "@/lib/signatures/encrypted-origin";
import type { Standing } from "@/lib/signatures/engine/rules";
import type { Signatory, Signature } from "@/prisma/generated/client";

type Stored = Pick<
  Signature,
  | "id"
  | "revision"
  | "reason"
  | "claim"
  | "submittedAt"
  | "expiresAt"
  | "verifiedAt"
  | "decidedAt"
  | "publishedAt"
  | "signatoryId"
> &
  Pick<Signatory, "encryptedCountry">;

type Row = Stored &
  Omit<Standing, "version" | "country" | "fields"> &
  Pick<Signature, "address"> &
  Pick<Signatory, "typed" | "corrected"> & { versionId: string; number: number; wrapped: string | null };

/** A signature that is about to change, as it stands in this transaction. What is encrypted is opened when asked for. */
export type Subject = Standing &
  Stored & {
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
  const rows = await tx.$queryRaw<Row[]>`
    SELECT g.id::text, g.letter_id::text AS "letterId", g.state::text, g.visibility::text, g.hold::text, g.earlier,
      g.concealed, g.revision, g.reason, g.address, g.claim, g.submitted_at AS "submittedAt", g.expires_at AS "expiresAt",
      g.verified_at AS "verifiedAt", g.decided_at AS "decidedAt", g.published_at AS "publishedAt", l.locale AS language,
      v.id::text AS "versionId", v.number, k.wrapped, s.id::text AS "signatoryId", s.kind::text,
      s.encrypted_country AS "encryptedCountry", s.expert, s.typed, s.corrected
    FROM signature g JOIN letter l ON l.id = g.letter_id JOIN letter_version v ON v.id = g.letter_version_id
      JOIN signatory s ON s.id = g.signatory_id LEFT JOIN signature_key k ON k.signature_id = g.id
    WHERE g.id = ANY(${ids}::uuid[]) ORDER BY g.id`;
  return rows.map(toSubject);
}

/** Only locks them, in the same order: for those that change many signatures otherwise. */
export async function lockSignatures(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$queryRaw`SELECT 1 FROM signature WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}

function toSubject({ wrapped, address, versionId, number, typed, corrected, ...row }: Row): Subject {
  const key = once(() => {
    if (!wrapped) throw new Error("the person behind a signature is erased");
    return decryptDataKey(row.id, wrapped);
  });
  const fields = once(() => decryptSignatory(key(), { typed: typed ?? "", corrected }));
  const opened = once(() => countryOf(row.id, wrapped ? { wrapped } : null, row.encryptedCountry));
  return {
    ...row,
    version: { id: versionId, number },
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
