import { sealAdminAddress } from "@/lib/auth/admin";
import { adminHash, isAdmin } from "@/lib/auth/is-admin";
import { adminAddress, LINK_MINUTES } from "@/lib/auth/rules";
import { insertLink } from "@/lib/auth/sign-in-links";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/jobs/queue";
import { exceeds } from "@/lib/rate-limit/limiter";
import { LIMITS, SIGN_IN_MAILS } from "@/lib/rate-limit/limits";
import { deploymentKey } from "@/lib/vault/keys";
import { seal } from "@/lib/vault/seal";
import { createToken } from "@/lib/vault/tokens";

/**
 * Asks for a sign-in link. Keeps nothing and queues nothing for an address that is no administrator's: strangers would
 * else fill the queue in which everybody's mails wait. The caller answers everybody alike and in even time, so that
 * nobody learns whose address is one.
 * @param email as typed
 * @param network of the client: beyond its limit an address is mailed only when no link of its own works any longer, so
 * that whoever shares a network with an administrator cannot keep them out
 * @throws DomainError `invalid` for what is no mail address
 */
export async function requestSignIn({
  email,
  locale,
  network = null,
  now,
}: {
  email: string;
  locale: string;
  network?: string | null;
  now: Date;
}): Promise<void> {
  const address = adminAddress(email);
  if (!address) throw new DomainError("invalid");
  const most = network && (await exceeds(LIMITS.signInsOfNetwork, network)) ? 0 : SIGN_IN_MAILS.count;
  if (!(await isAdmin(address))) return;
  await db.$transaction(async (tx) => {
    if (!(await takeSignInMail(tx, address, most, now))) return;
    const { token } = createToken();
    await insertLink(tx, { token, address, now });
    await enqueueMail(tx, {
      message: "admin-sign-in",
      sealedToken: seal(deploymentKey(), "admin.token", token),
      sealedAddress: sealAdminAddress(address),
      locale,
    });
  });
}

/**
 * Takes one of the sign-in mails of an address. Beyond the hour's number there is one more whenever no mailed link works
 * any longer: whoever asks in an administrator's name can fill the mailbox, but never keep them out.
 * The database decides: concurrent requests wait on its row.
 * @param most the hour's number
 */
async function takeSignInMail(tx: Tx, address: string, most: number, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - SIGN_IN_MAILS.windowMs);
  const alive = new Date(now.getTime() - LINK_MINUTES * 60_000);
  const pause = new Date(now.getTime() - SIGN_IN_MAILS.pauseMs);
  const taken = await tx.$executeRaw`
    INSERT INTO address_mail AS m (address_hash, sent_at)
    VALUES (${`sign-in:${adminHash(address)}`}, ARRAY[${now}::timestamptz])
    ON CONFLICT (address_hash) DO UPDATE
    SET sent_at = array_append(ARRAY(SELECT t FROM unnest(m.sent_at) t WHERE t > ${since}), ${now}::timestamptz)
    WHERE ((SELECT count(*) FROM unnest(m.sent_at) t WHERE t > ${since}) < ${most}
        OR NOT EXISTS (SELECT FROM unnest(m.sent_at) t WHERE t > ${alive}))
      AND NOT EXISTS (SELECT FROM unnest(m.sent_at) t WHERE t > ${pause})`;
  return taken === 1;
}
