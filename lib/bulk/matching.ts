import { CODE_DIGITS } from "@/lib/bulk/condition-fields";
import type { Conditions } from "@/lib/bulk/schemas";
import type { Database } from "@/lib/db/client";
import { foldName } from "@/lib/names/rules";
import { hashOfDomain } from "@/lib/signatures/claim";
import { openSignatory } from "@/lib/signatures/sealed-contents";
import { openDataKey } from "@/lib/vault/keys";
import { Prisma } from "@/prisma/generated/client";

/**
 * The short code by which moderators name a network. It is made from the keyed hash, and says no more about the
 * network than that does.
 * @param hash an expression for the network's hash
 */
export function networkCodeOf(hash: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`upper(left(encode(sha256(convert_to(${hash}, 'UTF8')), 'hex'), ${CODE_DIGITS}::int))`;
}

/** The condition over `signature g` for everything that the database itself can tell: all but the text. */
export function plainConditions(conditions: Conditions): Prisma.Sql {
  const { letterId, states, domains, networks, from, until, flags, quarantines, asOf } = conditions;
  const hashes = domains.map(hashOfDomain);
  const parts: [boolean, Prisma.Sql][] = [
    [domains.length > 0, Prisma.sql`g.domain_hash = ANY(${hashes}::text[])`],
    [
      networks.length > 0,
      Prisma.sql`${networkCodeOf(Prisma.sql`g.network_hash`)} = ANY(${networks}::text[])`,
    ],
    [Boolean(from), Prisma.sql`g.submitted_at >= ${from}::timestamptz`],
    [Boolean(until), Prisma.sql`g.submitted_at < ${until}::timestamptz`],
    [
      flags.length + quarantines.length > 0,
      Prisma.sql`(g.flags && ${flags}::text[] OR g.quarantine = ANY(${quarantines}::"Quarantine"[]))`,
    ],
  ];
  const wanted = parts.flatMap(([asked, part]) => (asked ? [Prisma.sql`AND ${part}`] : []));
  return Prisma.sql`
    g.letter_id = ${letterId}::uuid AND g.state = ANY(${states}::"SignatureState"[])
    AND g.submitted_at <= ${asOf}::timestamptz
    AND (g.state <> 'PENDING' OR g.quarantine IS DISTINCT FROM 'INVALIDATED')
    AND EXISTS (SELECT FROM signature_key k WHERE k.signature_id = g.id)
    ${wanted.length > 0 ? Prisma.join(wanted, " ") : Prisma.empty}`;
}

/**
 * The whole condition over `signature g`. Names are sealed, so those that a text could be in are opened one after the
 * other and become a list of ids.
 */
export async function matching(database: Database, conditions: Conditions): Promise<Prisma.Sql> {
  const plain = plainConditions(conditions);
  if (!conditions.text) return plain;
  const ids = await idsWithText(database, plain, foldName(conditions.text));
  return Prisma.sql`${plain} AND g.id = ANY(${ids}::uuid[])`;
}

type Sealed = { id: string; wrapped: string; typed: string; corrected: string | null };

const PAGE = 500;

async function idsWithText(database: Database, plain: Prisma.Sql, text: string): Promise<string[]> {
  const found: string[] = [];
  for (let last = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows = await database.$queryRaw<Sealed[]>`
      SELECT g.id, k.wrapped, s.typed, s.corrected
      FROM signature g JOIN signature_key k ON k.signature_id = g.id JOIN signatory s ON s.id = g.signatory_id
      WHERE ${plain} AND g.id > ${last}::uuid AND s.typed IS NOT NULL ORDER BY g.id LIMIT ${PAGE}`;
    found.push(...rows.filter((row) => holdsText(row, text)).map(({ id }) => id));
    const end = rows.at(-1);
    if (!end || rows.length < PAGE) return found;
    last = end.id;
  }
}

function holdsText({ id, wrapped, typed, corrected }: Sealed, text: string): boolean {
  const key = openDataKey(id, wrapped);
  const forms = [{ typed, corrected: null }, ...(corrected ? [{ typed, corrected }] : [])];
  return forms.some((form) => {
    const { name, affiliation } = openSignatory(key, form);
    return [name, affiliation].some((field) => field !== null && foldName(field).includes(text));
  });
}
