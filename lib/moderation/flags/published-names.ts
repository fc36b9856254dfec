import type { Database } from "@/lib/db/client";
import { probesForLooks } from "@/lib/fields/names/near-keys";
import { resemble } from "@/lib/fields/names/resemblance";
import { shortHash } from "@/lib/fields/names/short-hash";
import type { Flagged } from "@/lib/moderation/flags/flagged";
import { looksOf } from "@/lib/moderation/flags/looks";
import type { Published } from "@/lib/moderation/flags/rules";

type Row = Published & { of: string; skeleton: string; siteSkeleton: string | null };

/** So many that share a part with a name are looked at, the same names first; hardly any name has as many. */
const MOST_LOOKED_AT = 200;
const MOST = 20;

/** What is on a letter's list and resembles signatures by name, or by the website's or mailbox's domain: by their ids. */
export async function findPublished(
  database: Database,
  letterId: string,
  signatures: readonly Flagged[],
): Promise<Map<string, Published[]>> {
  const looks = new Map(signatures.map((one) => [one.id, looksOf(one)]));
  const asked = [...looks].map(([id, look]) => {
    const keys = probesForLooks(look).map((key) => shortHash(letterId, key));
    return { id, name: look.names[0], keys };
  });
  const rows = await database.$queryRaw<Row[]>`
    SELECT v.id AS of, n."signatureId", n.name, n.website, n.skeleton, n."siteSkeleton"
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS v(id uuid, name text, keys int[]), LATERAL (
      SELECT p.signature_id AS "signatureId", p.name, p.website, p.skeleton, p.site_skeleton AS "siteSkeleton"
      FROM public_signatory p
      WHERE p.near_keys && v.keys AND p.letter_id = ${letterId}::uuid AND p.signature_id <> v.id
      ORDER BY p.skeleton = v.name DESC, p.id LIMIT ${MOST_LOOKED_AT}) n`;
  const alike = rows.filter(({ of, skeleton, siteSkeleton }) => {
    const { names = [], sites = [] } = looks.get(of) ?? {};
    return (
      names.some((name) => resemble(name, skeleton)) ||
      sites.some((site) => siteSkeleton !== null && resemble(site, siteSkeleton))
    );
  });
  const found = Map.groupBy(alike, ({ of }) => of);
  return new Map(
    [...found].map(([id, ones]) => [
      id,
      ones.slice(0, MOST).map(({ signatureId, name, website }) => ({ signatureId, name, website })),
    ]),
  );
}
