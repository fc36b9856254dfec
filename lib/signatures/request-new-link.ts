import { isBlocked } from "@/lib/blocking/cached";
import { db } from "@/lib/db/client";
import { addressHash } from "@/lib/signatures/claim";
import { domainKeyOf } from "@/lib/signatures/mail-allowance";

/**
 * Has fresh links sent for the signatures that wait for this mailbox: held as every mail that a limit may be against, so
 * that they leave at once or when the limit allows. Does nothing for a mailbox without any, and for one that the block
 * list names, and tells nobody which.
 * @param email as typed; any spelling of the same mailbox
 */
export async function requestNewLink({ email, now }: { email: string; now: Date }): Promise<void> {
  if (await isBlocked({ email, network: null })) return;
  await db.$executeRaw`
    INSERT INTO mail (id, message, signature_id, recipient, state, address_hash, domain_key, network_hash, unproven,
      queued_at, not_before)
    SELECT gen_random_uuid(), 'confirm-signature', id, spelling_hash, 'HELD', address_hash, CASE WHEN unproven THEN ${domainKeyOf(email, true)} ELSE ${domainKeyOf(email, false)} END,
      wide_network_hash, unproven, ${now}, ${now}
    FROM signature WHERE address_hash = ${addressHash(email)} AND state = 'PENDING' AND lapses_at > ${now}
    ORDER BY submitted_at DESC
    ON CONFLICT (signature_id) WHERE state = 'HELD' DO NOTHING`;
}
