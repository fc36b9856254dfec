import { grantAdmin } from "@/lib/auth/grant-admin";
import { listAdmins } from "@/lib/auth/list-admins";
import { revokeAdmin } from "@/lib/auth/revoke-admin";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

const USAGE = `Administrators of this site:
  npm run admin -- list
  npm run admin -- add ADDRESS
  npm run admin -- remove ADDRESS`;

const [command, address] = process.argv.slice(2);

try {
  console.log(await run());
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  console.error(
    error.code === "invalid" ? `${address} is no mail address.` : `${address} is no administrator.`,
  );
  process.exitCode = 1;
} finally {
  await db.$disconnect();
}

async function run(): Promise<string> {
  if (command === "list") return list();
  if (command === "add" && address)
    return `${await grantAdmin(address, new Date())} is an administrator now.`;
  if (command === "remove" && address) return remove(address);
  process.exitCode = 1;
  return USAGE;
}

async function list(): Promise<string> {
  const admins = await listAdmins();
  const lines = admins.map(
    (admin) => `${admin.address}${admin.from === "configuration" ? "  (from ADMIN_EMAILS)" : ""}`,
  );
  return lines.join("\n") || "There are no administrators.";
}

async function remove(from: string): Promise<string> {
  const { stillConfigured } = await revokeAdmin(from, new Date());
  return stillConfigured
    ? `${from} stands in ADMIN_EMAILS: take it out there and start again to end its rights.`
    : `${from} is no administrator any more.`;
}
