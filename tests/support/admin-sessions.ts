import { v7 as uuid } from "uuid";
import { encryptAdminAddress } from "@/lib/auth/admin";
import type { Device } from "@/lib/auth/device";
import { adminHash } from "@/lib/auth/is-admin";
import { revokeAdmin } from "@/lib/auth/revoke-admin";
import { beginSession } from "@/lib/auth/sessions";
import { db } from "@/lib/db/client";
import { createToken } from "@/lib/encryption/tokens";
import type { AdminRole } from "@/prisma/generated/enums";
import { moderator } from "./moderators";

/** The name of the session's cookie on a site without TLS. */
export const SESSION_COOKIE = "undersigned-admin";

/** The cookie's value of a new session of an administrator. */
export async function sessionOf(adminId: string, begun = new Date(), device?: Device): Promise<string> {
  const { token } = createToken();
  await db.$transaction((tx) => beginSession(tx, { adminId, token, device, now: begun }));
  return token;
}

/** A session that lasts, of an administrator. */
export async function validSession(address = "mona@example.org", role?: AdminRole): Promise<string> {
  return sessionOf((await moderator(address, role)).id);
}

/** Sessions that must open nothing, each with why. */
export async function worthlessSessions(): Promise<[string, string | undefined][]> {
  const halfADayAgo = new Date(Date.now() - 12 * 3_600_000 - 1_000);
  const { id: former } = await moderator("former@example.org");
  const removed = await sessionOf(former);
  await revokeAdmin("former@example.org", new Date());
  const restored = await sessionOf(former);
  return [
    ["without a session", undefined],
    ["with a made-up session", createToken().token],
    ["with an expired session", await sessionOf((await moderator("mona@example.org")).id, halfADayAgo)],
    ["with the session of somebody who never was an administrator", await sessionOf(await stranger())],
    ["with the session of a removed administrator", removed],
    ["with a session that outlived the right", restored],
  ];
}

async function stranger(): Promise<string> {
  const address = "stranger@example.org";
  const data = {
    id: uuid(),
    addressHash: adminHash(address),
    address: encryptAdminAddress(address),
    createdAt: new Date(),
  };
  return (await db.admin.create({ data })).id;
}
