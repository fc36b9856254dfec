import { v7 as uuid } from "uuid";
import { adminHash, isAdmin, isConfiguredAdmin } from "@/lib/auth/is-admin";
import { adminAddress } from "@/lib/auth/rules";
import { type Database, db } from "@/lib/db/client";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { deploymentKey } from "@/lib/encryption/keys";
import { env } from "@/lib/env";
import type { Prisma } from "@/prisma/generated/client";
import type { AdminRole } from "@/prisma/generated/enums";

declare const admitted: unique symbol;

/** Somebody who was found to be an administrator. Only this file makes one, so that no act compiles without the check. */
export type Admin = {
  readonly id: string;
  readonly address: string;
  /** What `lib/auth/permissions.ts` asks for. */
  readonly role: AdminRole;
  /** The ids of the letters that the role is for; null where it is for all. */
  readonly letters: readonly string[] | null;
  readonly [admitted]: true;
};

declare const unverified: unique symbol;

/** Somebody who has used a mailed link and has yet to prove the second factor: may do that and nothing else. */
export type HalfAdmin = { readonly id: string; readonly address: string; readonly [unverified]: true };

export const ADMIN_COLUMNS = {
  id: true,
  address: true,
  granted: true,
  role: true,
  allLetters: true,
  letters: { select: { letterId: true } },
} as const;

type AdminRow = Prisma.AdminGetPayload<{ select: typeof ADMIN_COLUMNS }>;

export const encryptAdminAddress = (address: string) => encrypt(deploymentKey(), "admin.address", address);

/** Decrypts a stored address of an administrator, of a sign-in link or of a sign-in job. */
export const decryptAdminAddress = (encrypted: string) =>
  decrypt(deploymentKey(), "admin.address", encrypted);

const asAdmin = (one: Omit<Admin, typeof admitted>) => one as Admin;
const asHalf = ({ id, address }: Admin) => ({ id, address }) as HalfAdmin;

/** The administrator of a row, or null where the right was taken away. Whom the configuration names is an owner. */
export function admitRow({ id, granted, ...row }: AdminRow): Admin | null {
  const address = decryptAdminAddress(row.address);
  if (isConfiguredAdmin(address)) return asAdmin({ id, address, role: "OWNER", letters: null });
  if (!granted) return null;
  const isForAll = row.allLetters || row.role === "OWNER";
  return asAdmin({
    id,
    address,
    role: row.role,
    letters: isForAll ? null : row.letters.map(({ letterId }) => letterId),
  });
}

/** The same for one whose second factor is still to be proved. */
export function admitHalf(row: AdminRow): HalfAdmin | null {
  const admin = admitRow(row);
  return admin && asHalf(admin);
}

/**
 * The administrator with an address, for those who have proved that it is theirs and for programs that the operator
 * runs. Makes the row of one whom the configuration names.
 * @returns null for an address that is no administrator's
 */
export async function admit(address: string, now: Date, database: Database = db): Promise<Admin | null> {
  const strict = adminAddress(address);
  if (!strict || !(await isAdmin(strict, database))) return null;
  return admitRow(await adminRow(strict, now, database));
}

/** Makes the rows of those whom the configuration names and who have never signed in: they are told what waits as others are. */
export async function enrolConfigured(now: Date, database: Database = db): Promise<void> {
  const addresses = env().adminEmails.flatMap((address) => adminAddress(address) ?? []);
  const hashes = addresses.map(adminHash);
  const rows = await database.admin.findMany({
    where: { addressHash: { in: hashes } },
    select: { addressHash: true },
  });
  const known = new Set(rows.map(({ addressHash }) => addressHash));
  for (const address of new Set(addresses))
    if (!known.has(adminHash(address))) await adminRow(address, now, database);
}

/** The row of an address, made where there is none yet; grants nothing. @param address in the form of `adminAddress` */
export function adminRow(address: string, now: Date, database: Database = db) {
  const addressHash = adminHash(address);
  return database.admin.upsert({
    where: { addressHash },
    create: { id: uuid(), addressHash, address: encryptAdminAddress(address), createdAt: now },
    update: {},
    select: ADMIN_COLUMNS,
  });
}

/** The administrator with an id; null where there is none or the right was taken away. */
export async function adminById(id: string, database: Database = db): Promise<Admin | null> {
  const row = await database.admin.findUnique({ where: { id }, select: ADMIN_COLUMNS });
  return row && admitRow(row);
}
