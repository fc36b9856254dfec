import type { Database } from "@/lib/db/client";
import { isDisposable } from "@/lib/fields/addresses/disposable";
import { isFreeMail } from "@/lib/fields/addresses/free-mail";
import { mailDomain } from "@/lib/fields/addresses/rules";
import type { Flagged } from "@/lib/moderation/flags/flagged";
import { findPublished } from "@/lib/moderation/flags/published-names";
import { BURSTS, type FlagFacts } from "@/lib/moderation/flags/rules";
import { decryptWatchlistName } from "@/lib/moderation/watchlist/encrypted-name";
import { spellingHash } from "@/lib/signatures/claim";

const MINUTE_MS = 60_000;

/**
 * Gathers what the database knows about signatures of one letter for their flags, in six queries however many they are.
 * @returns the facts by signature id
 */
export async function gatherFacts(
  database: Database,
  letterId: string,
  signatures: readonly Flagged[],
): Promise<Map<string, FlagFacts>> {
  const rows = await database.watchlistName.findMany({
    where: { letterId },
    orderBy: { id: "asc" },
    select: { name: true, note: true },
  });
  const watched = rows.map(decryptWatchlistName);
  const published = await findPublished(database, letterId, signatures);
  const together = await countTogether(database, letterId, signatures);
  const bounced = await findBounced(database, signatures);
  const shared = await findShared(database, signatures);
  const rejected = await findRejected(database, signatures);
  return new Map(
    signatures.map((one): [string, FlagFacts] => {
      const happened = {
        burst: one.flags.includes("burst"),
        bounced: one.flags.includes("bounced") || bounced.has(spellingHash(one.email)),
      };
      const found = {
        published: published.get(one.id) ?? [],
        watched,
        together: together.get(one.id) ?? [],
        rejected: rejected.get(one.id) ?? null,
        sharedWith: shared.get(one.id) ?? null,
        happened,
      };
      return [one.id, { ...ownFacts(one), ...found }];
    }),
  );
}

function ownFacts({ kind, email, fields, organiserUrl }: Flagged) {
  const domain = mailDomain(email);
  const { name, website, representativeName } = fields;
  const disposable = isDisposable(domain);
  // The list of free providers holds disposable ones too.
  const mailbox = { disposable, free: !disposable && isFreeMail(domain) };
  return { kind, email, website, name, representativeName, mailbox, organiserUrl };
}

/** How many signatures came from each one's network within each of BURSTS' times of it, itself included. */
async function countTogether(
  database: Database,
  letterId: string,
  signatures: readonly Flagged[],
): Promise<Map<string, number[]>> {
  const ids = signatures.flatMap(({ id, networkHash }) => (networkHash ? [id] : []));
  if (ids.length === 0) return new Map();
  const [short, long] = BURSTS.map(({ minutes }) => minutes * MINUTE_MS);
  const rows = await database.$queryRaw<{ id: string; short: number; long: number }[]>`
    SELECT g.id, count(*) FILTER (WHERE o.submitted_at BETWEEN g.submitted_at - ${short} * interval '1 ms'
             AND g.submitted_at + ${short} * interval '1 ms')::int AS short, count(*)::int AS long
    FROM signature g JOIN signature o ON o.letter_id = g.letter_id AND o.network_hash = g.network_hash
      AND o.submitted_at BETWEEN g.submitted_at - ${long} * interval '1 ms' AND g.submitted_at + ${long} * interval '1 ms'
    WHERE g.id = ANY(${ids}::uuid[]) AND g.letter_id = ${letterId}::uuid
    GROUP BY g.id`;
  return new Map(rows.map((row) => [row.id, [row.short, row.long]]));
}

/** The individuals who confirmed from the same mailbox as these before them, for the same letter. */
async function findShared(database: Database, signatures: readonly Flagged[]): Promise<Map<string, string>> {
  const ids = signatures.flatMap(({ id, kind }) => (kind === "INDIVIDUAL" ? [id] : []));
  const rows = await database.$queryRaw<{ id: string; other: string }[]>`
    SELECT g.id::text, o.id::text AS other
    FROM signature g JOIN signature o ON o.letter_id = g.letter_id AND o.address_hash = g.address_hash
      JOIN signatory s ON s.id = o.signatory_id AND s.kind = 'INDIVIDUAL'
    WHERE g.id = ANY(${ids}::uuid[]) AND o.claim IS NOT NULL AND (o.verified_at, o.id) < (g.verified_at, g.id)`;
  return new Map(rows.map(({ id, other }) => [id, other]));
}

/** The latest signature of the same kind from the same mailbox as each of these that was rejected, for the same letter. */
async function findRejected(
  database: Database,
  signatures: readonly Flagged[],
): Promise<Map<string, string>> {
  const ids = signatures.map(({ id }) => id);
  const rows = await database.$queryRaw<{ id: string; other: string }[]>`
    SELECT DISTINCT ON (g.id) g.id::text, o.id::text AS other
    FROM signature g JOIN signatory s ON s.id = g.signatory_id
      JOIN signature o ON o.letter_id = g.letter_id AND o.address_hash = g.address_hash AND o.state = 'REJECTED' AND o.id <> g.id
      JOIN signatory r ON r.id = o.signatory_id AND r.kind = s.kind
    WHERE g.id = ANY(${ids}::uuid[]) ORDER BY g.id, o.decided_at DESC`;
  return new Map(rows.map(({ id, other }) => [id, other]));
}

/** The hashes of those spellings to which mail came back for good. */
async function findBounced(database: Database, signatures: readonly Flagged[]): Promise<Set<string>> {
  const hashes = signatures.map(({ email }) => spellingHash(email));
  const rows = await database.suppression.findMany({
    where: { spellingHash: { in: hashes }, reason: "BOUNCED" },
    select: { spellingHash: true },
  });
  return new Set(rows.map((row) => row.spellingHash));
}
