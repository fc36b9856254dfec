import type { Tx } from "@/lib/db/client";
import { keyedHash } from "@/lib/encryption/hash";
import { keysOfLooks, type Looks, probesForLooks } from "@/lib/fields/names/near-keys";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { siteSkeleton } from "@/lib/fields/websites/site-skeleton";
import type { Flagged } from "@/lib/moderation/flags/flagged";
import { looksOf } from "@/lib/moderation/flags/looks";
import type { PublicFields } from "@/lib/signatures/engine/public-row";

/** Few enough that different parts share a number, which then says little even to who has the key. */
const DIGITS = 5;

/** The number under which a part of a name is kept that is not public: nobody finds the part without the deployment's key. */
function secretNumber(letterId: string, key: string): number {
  const [, , hash = ""] = keyedHash("waiting-name-1", letterId, key).split(".");
  return Number.parseInt(Buffer.from(hash, "base64url").toString("hex").slice(0, DIGITS), 16);
}

const secret = (letterId: string, keys: string[]) => [
  ...new Set(keys.map((key) => secretNumber(letterId, key))),
];

/** Keeps the numbers under which a waiting signature is found when a name like its own is published, or goes. */
export async function keepWaitingNames(tx: Tx, signatures: readonly Flagged[]): Promise<void> {
  const rows = signatures.map((one) => ({
    id: one.id,
    keys: secret(one.letterId, keysOfLooks(looksOf(one))),
  }));
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE signature g SET near_keys = v.keys
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(id uuid, keys int[])
    WHERE g.id = v.id AND g.state = 'VERIFIED'`;
}

/** The numbers to look under for the waiting signatures that look like what is on the list, or was. */
export function numbersNear(letterId: string, shown: Pick<PublicFields, "name" | "website">[]): number[] {
  const looks: Looks = {
    names: shown.map(({ name }) => skeletonOf(name)),
    sites: shown.flatMap(({ website }) => (website && siteSkeleton(website)) || []),
  };
  return secret(letterId, probesForLooks(looks));
}
