import { createHmac } from "node:crypto";
import { db } from "@/lib/db/client";
import { derivedSecret } from "@/lib/encryption/hash";
import { hashToken, writeToken } from "@/lib/encryption/tokens";

/** For how long a link to stop mails works after the last mail that carried it. */
const LINK_DAYS = 180;

/**
 * The token by which somebody stops mails to one spelling of an address. The same in all of them, so that a mail that is
 * tried again has the same bytes; who has it can do nothing else.
 */
export async function stopToken(spellingHash: string, now: Date): Promise<string> {
  const mac = createHmac("sha256", derivedSecret("stop-emails")).update(spellingHash).digest();
  const token = writeToken(mac);
  const expiresAt = new Date(now.getTime() + LINK_DAYS * 86_400_000);
  const tokenHash = hashToken(token);
  await db.stopLink.upsert({
    where: { tokenHash },
    create: { tokenHash, spellingHash, expiresAt },
    update: { expiresAt },
    select: { tokenHash: true },
  });
  return token;
}

/** The spelling whose mails a token stops; null where it stops none. */
export async function spellingBehind(token: string, now: Date): Promise<string | null> {
  const where = { tokenHash: hashToken(token), expiresAt: { gt: now } };
  return (await db.stopLink.findFirst({ where, select: { spellingHash: true } }))?.spellingHash ?? null;
}

/** Forgets some of the links of mails that are long past. @returns how many */
export async function forgetOldStopLinks(now: Date, most: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM stop_link WHERE token_hash IN (
      SELECT token_hash FROM stop_link WHERE expires_at <= ${now} LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
