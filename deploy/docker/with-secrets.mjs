// Runs a command with the secrets of SECRETS_DIR in its environment: `with-secrets.mjs [--as-owner] COMMAND …`.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const command = process.argv.slice(2);
const asOwner = command[0] === "--as-owner";
if (asOwner) command.shift();

const { SECRETS_DIR = "/secrets/app", DATABASE_HOST = "database" } = process.env;
const secret = (name) => readFileSync(join(SECRETS_DIR, name), "utf8").trim();
const [user, password] = asOwner
  ? ["undersigned_owner", secret("owner-password")]
  : ["undersigned", secret("password")];
const env = {
  DATABASE_URL: `postgresql://${user}:${password}@${DATABASE_HOST}:5432/undersigned`,
  ENCRYPTION_KEY: secret("encryption-key"),
  ...process.env,
};
const child = spawn(command[0], command.slice(1), { env, stdio: "inherit" });
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => child.kill(signal));
child.once("error", (error) => {
  console.error(error.message);
  process.exit(127);
});
child.once("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
