import { LIMITS, SIGN_IN_MAILS } from "@/lib/abuse/limits/limits";
import { networkExceeds } from "@/lib/abuse/limits/network-limits";
import { encryptAdminAddress } from "@/lib/auth/admin";
import { adminHash, isAdmin } from "@/lib/auth/is-admin";
import { adminAddress, LINK_MINUTES } from "@/lib/auth/rules";
import { insertLink } from "@/lib/auth/sign-in-links";
import { db, type Tx } from "@/lib/db/client";
import { encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { createToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/mail/outbox";
import { Prisma } from "@/prisma/generated/client";

/**
 * Asks for a sign-in link. Keeps nothing and queues nothing for an address that is no administrator's: strangers would
 * else fill the queue in which everybody's mails wait. The caller answers everybody alike and in even time, so that
 * nobody learns whose address is one.
 * @param network of the client: beyond its limit an address is mailed only when no link of its own works any longer, so
 * that anyone who shares a network with an administrator cannot keep them out
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
  const most = (await networkExceeds(LIMITS.signInsOfNetwork, network)) ? 0 : SIGN_IN_MAILS.hour.count;
  if (!(await isAdmin(address))) return;
  await db.$transaction(async (tx) => {
    if (!(await takeSignInMail(tx, address, most, now))) return;
    const { token } = createToken();
    await insertLink(tx, { token, address, now });
    await enqueueMail(tx, {
      message: "admin-sign-in",
      encryptedToken: encrypt(deploymentKey(), "admin.token", token),
      encryptedAddress: encryptAdminAddress(address),
      locale,
    });
  });
}

/**
 * Takes one of the sign-in mails of an address (`SIGN_IN_MAILS`): anyone who asks in an administrator's name can neither
 * flood the mailbox nor keep its owner out. The database decides: concurrent requests wait on its row.
 * @param most the hour's number
 */
async function takeSignInMail(tx: Tx, address: string, most: number, now: Date): Promise<boolean> {
  const { pauseMs, hour, day } = SIGN_IN_MAILS;
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const sentSince = (time: Date) => Prisma.sql`(SELECT count(*) FROM unnest(m.sent_at) t WHERE t > ${time})`;
  const taken = await tx.$executeRaw`
    INSERT INTO address_mail AS m (address_hash, sent_at)
    VALUES (${`sign-in:${adminHash(address)}`}, ARRAY[${now}::timestamptz])
    ON CONFLICT (address_hash) DO UPDATE
    SET sent_at = array_append(ARRAY(SELECT t FROM unnest(m.sent_at) t WHERE t > ${ago(day.windowMs)}), ${now}::timestamptz)
    WHERE ${sentSince(ago(pauseMs))} = 0
      AND (${sentSince(ago(hour.windowMs))} < ${most} OR ${sentSince(ago(LINK_MINUTES * 60_000))} = 0)
      AND (${sentSince(ago(day.windowMs))} < ${day.count} OR ${sentSince(ago(day.pauseMs))} = 0)`;
  return taken === 1;
}
