import { admit } from "@/lib/auth/admin";
import type { Device } from "@/lib/auth/device";
import { beginSession } from "@/lib/auth/sessions";
import { useLink } from "@/lib/auth/sign-in-links";
import { db } from "@/lib/db/client";
import { createToken } from "@/lib/encryption/tokens";

type MailedLink = { token: string; device: Device; now: Date };

/**
 * Uses a mailed link up and begins a session of the administrator whom it was mailed to.
 * @returns the session's token; null where the link does not work, or its address is no administrator's any more
 */
export async function signIn(link: MailedLink): Promise<{ token: string; expiresAt: Date } | null> {
  const { device, now } = link;
  return db.$transaction(async (tx) => {
    const address = await useLink(tx, link.token, now);
    const admin = address && (await admit(address, now, tx));
    if (!admin) return null;
    const { token } = createToken();
    return { token, expiresAt: await beginSession(tx, { adminId: admin.id, token, device, now }) };
  });
}
