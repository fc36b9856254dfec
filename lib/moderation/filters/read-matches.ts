import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { foldName } from "@/lib/fields/names/rules";
import { matching } from "@/lib/moderation/filters/matching";
import { type Filters, isQueue } from "@/lib/moderation/filters/rules";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import {
  type HoldReason,
  Prisma,
  type SignatoryKind,
  type SignatureState,
  type Visibility,
} from "@/prisma/generated/client";

/** A signature that filters match, as it is stored. */
export type Match = {
  id: string;
  state: SignatureState;
  visibility: Visibility;
  /** Whether its name is hidden for now, whatever its signatory chose. */
  concealed: boolean;
  /** By which its list is ordered: when it was decided, confirmed or submitted. */
  at: Date;
  flags: string[];
  hold: HoldReason | null;
  slug: string;
  kind: SignatoryKind;
  encryptedCountry: string | null;
  expert: boolean;
  wrapped: string;
  typed: string;
  corrected: string | null;
  comment: string | null;
};

/** The place of a signature in the order of a list. */
export type QueuePlace = { at: Date; id: string };

/** Among how many signatures a text is looked for: they are opened one by one in the time that a form has. */
export const MOST_READ = 10_000;
const PAGE = 500;

/**
 * Reads the signatures that filters match: what waits oldest first, all else newest first, what is decided by its
 * decision. Texts are encrypted: to find one, signatures are decrypted until there are enough.
 * @returns null where there are too many to look for a text in
 */
export async function readMatches(
  filters: Filters,
  { after, wanted }: { after?: QueuePlace; wanted: number },
): Promise<Match[] | null> {
  const { text } = filters;
  if (text === null) return readPage(filters, wanted, after);
  if (await areMoreThan(MOST_READ, filters)) return null;
  const [matches, folded] = [[] as Match[], foldName(text)];
  for (let place = after; ; ) {
    const page = await readPage(filters, PAGE, place);
    for (const match of page) {
      if (textsOf(match).some((one) => one.includes(folded))) matches.push(match);
      if (matches.length === wanted) return matches;
    }
    if (page.length < PAGE) return matches;
    place = page.at(-1);
  }
}

async function areMoreThan(most: number, filters: Filters): Promise<boolean> {
  const [{ more }] = await db.$queryRaw<[{ more: boolean }]>`
    SELECT count(*) > ${most} AS more
    FROM (SELECT FROM signature g WHERE ${matching(filters)} LIMIT ${most + 1}) candidates`;
  return more;
}

function readPage(filters: Filters, most: number, after?: QueuePlace): Promise<Match[]> {
  const at = timeOf(filters);
  const [beyond, order] = isQueue(filters)
    ? [Prisma.raw(">"), Prisma.raw("ASC")]
    : [Prisma.raw("<"), Prisma.raw("DESC")];
  const place = after
    ? Prisma.sql`AND (${at}, g.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty;
  return selectMatches(
    at,
    Prisma.sql`${matching(filters)} ${place} ORDER BY ${at} ${order}, g.id ${order} LIMIT ${most}`,
  );
}

/** The time by which a list is ordered. */
function timeOf({ views }: Filters): Prisma.Sql {
  if (views.includes("PENDING")) return CAME_AT;
  const decided = views.every((view) => view === "APPROVED" || view === "REJECTED");
  return decided ? Prisma.sql`g.decided_at` : Prisma.sql`g.verified_at`;
}

const CAME_AT = Prisma.sql`COALESCE(g.verified_at, g.submitted_at)`;

/** Some signatures by chance, which does not depend on age or name. @param where over `signature g` */
export function readSome(where: Prisma.Sql, most: number): Promise<Match[]> {
  return selectMatches(CAME_AT, Prisma.sql`${where} ORDER BY md5(g.id::text) LIMIT ${most}`);
}

function selectMatches(at: Prisma.Sql, rest: Prisma.Sql): Promise<Match[]> {
  return db.$queryRaw<Match[]>`
    SELECT g.id, g.state::text AS state, g.visibility::text AS visibility, g.concealed, ${at} AS at, g.flags,
      g.hold::text AS hold, l.slug, s.kind::text AS kind, s.encrypted_country AS "encryptedCountry",
      s.expert, k.wrapped, s.typed, s.corrected, g.comment
    FROM signature g JOIN letter l ON l.id = g.letter_id JOIN signature_key k ON k.signature_id = g.id
      JOIN signatory s ON s.id = g.signatory_id
    WHERE s.typed IS NOT NULL AND ${rest}`;
}

/** What somebody can be found by, folded: as typed, as corrected, and the message to the moderators. */
export function textsOf({
  id,
  wrapped,
  typed,
  corrected,
  comment,
}: Pick<Match, "id" | "wrapped" | "typed" | "corrected" | "comment">): string[] {
  const key = decryptDataKey(id, wrapped);
  const forms = [{ typed, corrected: null }, ...(corrected ? [{ typed, corrected }] : [])];
  const texts = [
    ...forms.flatMap((form) => Object.values(decryptSignatory(key, form))),
    comment && decrypt(key, "signature.comment", comment).replaceAll("\n", " "),
  ];
  return texts.flatMap((text) => (typeof text === "string" && text ? [foldName(text)] : []));
}
