import { parseArgs } from "node:util";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { listAdmins } from "@/lib/auth/list-admins";
import { resetSecondFactor } from "@/lib/auth/reset-second-factor";
import { revokeAdmin } from "@/lib/auth/revoke-admin";
import { ROLES } from "@/lib/auth/team/schemas";
import { db } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";

const USAGE = `Administrators of this site:
  npm run admin -- list
  npm run admin -- add ADDRESS [--role owner|editor|moderator|reader]
  npm run admin -- remove ADDRESS
  npm run admin -- reset-second-factor ADDRESS`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { role: { type: "string" } },
});
const [command, address] = positionals;

try {
  console.log(await run());
} catch (error) {
  if (!(error instanceof DomainError)) throw error;
  console.error(
    error.code === "invalid"
      ? `${address} is not a valid email address.`
      : `${address} is not an administrator.`,
  );
  process.exitCode = 1;
} finally {
  await db.$disconnect();
}

async function run(): Promise<string> {
  if (command === "list") return list();
  if (command === "add" && address) return add(address);
  if (command === "remove" && address) return remove(address);
  if (command === "reset-second-factor" && address) return reset(address);
  process.exitCode = 1;
  return USAGE;
}

async function list(): Promise<string> {
  const admins = await listAdmins();
  const lines = admins.map(({ address: one, role, from }) => {
    return `${one}  ${role.toLowerCase()}${from === "configuration" ? "  (from ADMIN_EMAILS)" : ""}`;
  });
  return lines.join("\n") || "There are no administrators.";
}

async function add(whom: string): Promise<string> {
  const asked = values.role;
  const role = ROLES.find((one) => one.toLowerCase() === asked);
  if (asked !== undefined && !role) {
    process.exitCode = 1;
    return USAGE;
  }
  return `${await grantAdmin(whom, new Date(), role)} is now an administrator.`;
}

async function remove(from: string): Promise<string> {
  const { stillConfigured } = await revokeAdmin(from, new Date());
  return stillConfigured
    ? `${from} is in ADMIN_EMAILS. Remove it there and restart to end its access.`
    : `${from} is no longer an administrator.`;
}

async function reset(whose: string): Promise<string> {
  await resetSecondFactor(whose, new Date());
  return `We deleted the passkeys and recovery codes of ${whose}, and signed them out everywhere.`;
}
