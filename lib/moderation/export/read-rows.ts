import type pg from "pg";
import Cursor from "pg-cursor";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { foldName } from "@/lib/fields/names/rules";
import { chosenFor, mayBeShown, type OfLetter } from "@/lib/moderation/export/chosen";
import type { Column } from "@/lib/moderation/export/rules";
import { textsOf } from "@/lib/moderation/filters/read-matches";
import { hides } from "@/lib/signatories/hiding/rules";
import { spellingHash } from "@/lib/signatures/claim";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { decryptCountry, decryptLanguage } from "@/lib/signatures/encrypted-origin";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import { Prisma } from "@/prisma/generated/client";

/** What a file says of a signature. */
export type ExportRow = Record<Column, string | number | boolean | Date | null>;

/** Which signatures, and what of them is opened. */
export type Reading = {
  filters: OfLetter;
  hidden: boolean;
  withEmail: boolean;
  /** The countries whose individuals the organiser hides. */
  hiddenCountries: string[];
};

/** Few at a time: opening them keeps the process's other work waiting. */
const BATCH = 200;

type Stored = {
  id: string;
  state: string;
  hold: string | null;
  shown: boolean;
  updates: boolean;
  language: string;
  address: string | null;
  spelling: string | null;
  submittedAt: Date;
  confirmedAt: Date | null;
  decidedAt: Date | null;
  publishedAt: Date | null;
  version: number;
  kind: string;
  expert: boolean;
  country: string | null;
  typed: string;
  corrected: string | null;
  comment: string | null;
  wrapped: string;
  representativesShown: boolean;
};

/** How many signatures there are to look at; where a text is looked for, more than the file will have. */
export async function countRows(client: pg.Client, { filters, hidden }: Reading): Promise<number> {
  const { text, values } =
    Prisma.sql`SELECT count(*)::int AS count FROM signature g WHERE ${chosenFor(filters, hidden)}`;
  const { rows } = await client.query<{ count: number }>(text, values);
  return rows[0]?.count ?? 0;
}

/**
 * Reads signatures in the order in which they were submitted, a few at a time, as they are in the caller's transaction.
 * @returns batches, with how many were looked at for each
 */
export async function* readRows(
  client: pg.Client,
  reading: Reading,
): AsyncGenerator<{ rows: ExportRow[]; looked: number }> {
  // One row after the other by its index: a plan for all at once would first sort all of them on the disk.
  for (const way of ["sort", "hashjoin", "mergejoin"]) await client.query(`SET LOCAL enable_${way} = off`);
  await client.query("SET LOCAL jit = off");
  const { text, values } = select(reading);
  const cursor = client.query(new Cursor<Stored>(text, values));
  for (;;) {
    const stored = await cursor.read(BATCH);
    if (stored.length === 0) return;
    const wanted = reading.filters.text === null ? stored : stored.filter(holding(reading.filters.text));
    const unwelcome = reading.withEmail ? await suppressedOf(wanted) : new Set<string>();
    yield { rows: wanted.map((row) => open(row, reading, unwelcome)), looked: stored.length };
  }
}

const select = ({ filters, hidden }: Reading) => Prisma.sql`
  SELECT g.id, g.state::text AS state, g.hold::text AS hold, ${mayBeShown(filters)} AS shown, g.updates,
    g.locale AS language, g.address, g.spelling_hash AS spelling, g.submitted_at AS "submittedAt",
    g.verified_at AS "confirmedAt", g.decided_at AS "decidedAt", g.published_at AS "publishedAt",
    g.comment, v.number AS version, s.kind::text AS kind, s.expert, s.encrypted_country AS country, s.typed,
    s.corrected, k.wrapped, l.representatives_shown AS "representativesShown"
  FROM signature g JOIN signature_key k ON k.signature_id = g.id JOIN signatory s ON s.id = g.signatory_id
    JOIN letter_version v ON v.id = g.letter_version_id JOIN letter l ON l.id = g.letter_id
  WHERE s.typed IS NOT NULL AND ${chosenFor(filters, hidden)} ORDER BY g.id`;

const holding = (text: string) => {
  const folded = foldName(text);
  return (row: Stored) => textsOf(row).some((one) => one.includes(folded));
};

/** The spellings among these that get no mail: they bounced, complained, or asked for none. */
async function suppressedOf(rows: Stored[]): Promise<Set<string>> {
  const spellings = rows.filter(mayHaveAddress).map(spellingOf);
  // The client is busy with its cursor.
  const found = await db.suppression.findMany({
    where: { spellingHash: { in: spellings } },
    select: { spellingHash: true },
  });
  return new Set(found.map(({ spellingHash: hash }) => hash));
}

/** Somebody who wants to hear what happens next, from an address that was confirmed. */
const mayHaveAddress = ({ updates, address, state }: Stored) =>
  updates && address !== null && (state === "VERIFIED" || state === "APPROVED");

const addressOf = ({ id, wrapped, address }: Stored) =>
  decrypt(decryptDataKey(id, wrapped), "signature.address", address ?? "");

// From before spellings were kept, some rows have none.
const spellingOf = (row: Stored) => row.spelling ?? spellingHash(addressOf(row));

/** Whether a file says who signed for an organisation: as the list does (`ofLetter`), or with hidden names anyone. */
const representedIn = (
  { hidden, hiddenCountries }: Reading,
  { representativesShown }: Stored,
  { representativePublic }: SignatoryFields,
  country: string,
) =>
  hidden ||
  (representativePublic === true &&
    representativesShown &&
    !hides(hiddenCountries, { kind: "INDIVIDUAL", country }));

function open(row: Stored, reading: Reading, unwelcome: Set<string>): ExportRow {
  const key = decryptDataKey(row.id, row.wrapped);
  const fields = decryptSignatory(key, row);
  const country = decryptCountry(key, row.country);
  const { name, title, position, affiliation, website, orcid } = fields;
  const represented = representedIn(reading, row, fields, country);
  const asks = reading.withEmail && mayHaveAddress(row) && !unwelcome.has(spellingOf(row));
  return {
    ...{ name, title, position, affiliation, website, orcid },
    kind: row.kind.toLowerCase(),
    country,
    countryCode: country,
    expert: row.expert,
    representative: represented ? fields.representativeName : null,
    representativeRole: represented ? fields.representativeRole : null,
    state: row.state === "VERIFIED" && row.hold ? "hold" : row.state.toLowerCase(),
    shown: row.shown,
    version: row.version,
    submittedAt: row.submittedAt,
    confirmedAt: row.confirmedAt,
    decidedAt: row.decidedAt,
    publishedAt: row.publishedAt,
    language: decryptLanguage(key, row.language),
    updates: row.updates,
    email: asks ? addressOf(row) : null,
  };
}
