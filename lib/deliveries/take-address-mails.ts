import type { Tx } from "@/lib/db/client";
import { MAIL_LIMITS } from "@/lib/rate-limit/limits";
import { windowStart } from "@/lib/signatures/rules";

/**
 * Takes for each of many addresses one of the mails that it may get in a day (`lib/signatures/mail-allowance.ts` does
 * the same for one). Addresses are locked in one order, so that two such transactions do not wait for each other.
 * @returns by address when its mail may leave; those are absent that have none left
 */
export async function takeAddressMails(
  tx: Tx,
  addressHashes: string[],
  now: Date,
): Promise<Map<string, Date>> {
  const { address: limit } = MAIL_LIMITS;
  const since = windowStart(limit, now);
  const pause = `${limit.pauseMs} milliseconds`;
  const taken = await tx.$queryRaw<{ addressHash: string; at: Date }[]>`
    INSERT INTO address_mail AS m (address_hash, sent_at)
    SELECT hash, ARRAY[${now}::timestamptz] FROM unnest(${addressHashes}::text[]) hash ORDER BY hash
    ON CONFLICT (address_hash) DO UPDATE
    SET sent_at = ARRAY(SELECT t FROM unnest(m.sent_at) t WHERE t > ${since})
      || GREATEST(${now}::timestamptz, (SELECT max(t) + ${pause}::interval FROM unnest(m.sent_at) t))
    WHERE (SELECT count(*) FROM unnest(m.sent_at) t WHERE t > ${since}) < ${limit.count}
    RETURNING address_hash AS "addressHash", sent_at[cardinality(sent_at)] AS at`;
  return new Map(taken.map(({ addressHash, at }) => [addressHash, at]));
}
