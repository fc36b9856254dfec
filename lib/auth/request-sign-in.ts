import { sealAdminAddress } from "@/lib/auth/admin";
import { adminHash } from "@/lib/auth/is-admin";
import { adminAddress, SIGN_IN_MAILS } from "@/lib/auth/rules";
import { insertLink } from "@/lib/auth/sign-in-links";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { enqueueMail } from "@/lib/jobs/queue";
import { deploymentKey } from "@/lib/vault/keys";
import { seal } from "@/lib/vault/seal";
import { createToken } from "@/lib/vault/tokens";

/**
 * Asks for a sign-in link. Does the same work whoever asks, so that nobody learns who is an administrator: the worker
 * decides whether the mail is sent.
 * @param email as typed
 * @throws DomainError `invalid` for what is no mail address
 */
export async function requestSignIn({
  email,
  locale,
  now,
}: {
  email: string;
  locale: string;
  now: Date;
}): Promise<void> {
  const address = adminAddress(email);
  if (!address) throw new DomainError("invalid");
  await db.$transaction(async (tx) => {
    if (!(await takeSignInMail(tx, address, now))) return;
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

/** Takes one of the sign-in mails of an address. The database decides: concurrent requests wait on its row. */
async function takeSignInMail(tx: Tx, address: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - SIGN_IN_MAILS.windowMs);
  const pause = new Date(now.getTime() - SIGN_IN_MAILS.pauseMs);
  const taken = await tx.$executeRaw`
    INSERT INTO address_mail AS m (address_hash, sent_at)
    VALUES (${`sign-in:${adminHash(address)}`}, ARRAY[${now}::timestamptz])
    ON CONFLICT (address_hash) DO UPDATE
    SET sent_at = array_append(ARRAY(SELECT t FROM unnest(m.sent_at) t WHERE t > ${since}), ${now}::timestamptz)
    WHERE (SELECT count(*) FROM unnest(m.sent_at) t WHERE t > ${since}) < ${SIGN_IN_MAILS.count}
      AND NOT EXISTS (SELECT FROM unnest(m.sent_at) t WHERE t > ${pause})`;
  return taken === 1;
}
