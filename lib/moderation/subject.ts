import type { Database, Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import type { Standing } from "@/lib/moderation/rules";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { openCountry } from "@/lib/signatures/sealed-origin";
import { type DataKey, openDataKey } from "@/lib/vault/keys";
import type { Prisma } from "@/prisma/generated/client";
import type { SignatureState } from "@/prisma/generated/enums";

/** A signature as a moderator's page showed it; acts apply to this and to nothing newer. */
export type Seen = { signatureId: string; state: SignatureState; revision: number };

/** A signature that a moderator acts on. */
export type Subject = Standing & {
  id: string;
  signatoryId: string;
  slug: string;
  revision: number;
  publishedAt: Date | null;
  key: DataKey;
  sealedCountry: string | null;
};

const COLUMNS = {
  id: true,
  letterId: true,
  state: true,
  visibility: true,
  revision: true,
  publishedAt: true,
  quarantine: true,
  letter: { select: { slug: true } },
  key: { select: { wrapped: true } },
  signatory: {
    select: {
      id: true,
      kind: true,
      country: true,
      sealedCountry: true,
      expert: true,
      typed: true,
      corrected: true,
    },
  },
} as const;

type Row = Prisma.SignatureGetPayload<{ select: typeof COLUMNS }>;

/**
 * Reads the signature that a moderator saw.
 * @throws DomainError `not-found` where there is none or its person was erased; `conflict` where it has changed since
 */
export async function readSubject(database: Tx | Database, seen: Seen): Promise<Subject> {
  const row = await database.signature.findUnique({ where: { id: seen.signatureId }, select: COLUMNS });
  const subject = row && toSubject(row);
  if (!subject) throw new DomainError("not-found");
  if (subject.state !== seen.state || subject.revision !== seen.revision) throw new DomainError("conflict");
  return subject;
}

/** Reads many signatures as they stand; those whose person was erased are left out. */
export async function readSubjects(database: Tx | Database, ids: string[]): Promise<Subject[]> {
  const rows = await database.signature.findMany({ where: { id: { in: ids } }, select: COLUMNS });
  return rows.flatMap((row) => toSubject(row) ?? []);
}

function toSubject({ letter, key: wrapped, signatory, ...rest }: Row): Subject | null {
  const { id: signatoryId, typed, corrected, kind, expert, ...columns } = signatory;
  if (!wrapped || !typed) return null;
  const key = openDataKey(rest.id, wrapped.wrapped);
  const fields = openSignatory(key, { typed, corrected });
  const { sealedCountry } = columns;
  const party = { kind, expert, country: openCountry(key, columns), sealedCountry };
  return { ...rest, ...party, signatoryId, slug: letter.slug, key, fields };
}
