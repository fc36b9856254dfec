import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { PROJECT } from "@/lib/project-folder";

/** What the files of `deploy/` say, read as systemd and psql read them. */
export const deployed = (file: string) => readFileSync(join(PROJECT, "deploy", file), "utf8");

/** The lines NAME=VALUE of a file for the environment. */
export function variablesIn(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

/** The values of one setting of a unit, in their order. */
export const settingsOf = (unit: string, name: string): string[] =>
  [...deployed(`systemd/${unit}`).matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(
    ([, value = ""]) => value,
  );

/** A unit's command, without the folder that a release is installed to. */
export function commandOf(unit: string): string[] {
  const [line = ""] = settingsOf(unit, "ExecStart");
  return line.replaceAll("/opt/undersigned/current/", "").split(" ");
}

/** A script of `deploy/postgres` as psql sends it: `parts` go to the database that `\connect` names, after the first. */
function statements(file: string, values: Record<string, string>): string[] {
  const filled = deployed(`postgres/${file}`)
    .replace(/:'(\w+)'/g, (_, name) => pg.escapeLiteral(String(values[name])))
    .replace(/:"(\w+)"/g, (_, name) => pg.escapeIdentifier(String(values[name])));
  return filled.split(/^\\connect .*$/m);
}

/**
 * Makes the roles and a database as the README says.
 * @param superuser the address of the server's own database
 * @returns the addresses of the new database, for who migrates and who runs
 */
export async function makeDeployedDatabase(superuser: string, database = "undersigned") {
  const passwords = { owner_password: "of-the-owner", password: "of-the-program" };
  const at = (user?: string, password?: string) => {
    const url = new URL(superuser);
    url.pathname = `/${database}`;
    if (user && password) Object.assign(url, { username: user, password });
    return url.href;
  };
  const run = async (url: string, script: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // One by one: databases are made outside transactions.
    const each = script.replaceAll(/^--.*$/gm, "").split(/;\n/);
    try {
      for (const one of each) if (one.trim()) await client.query(one);
    } finally {
      await client.end();
    }
  };
  for (const file of ["server.sql", "roles.sql"]) await run(superuser, statements(file, passwords).join(""));
  const [before = "", inside = ""] = statements("database.sql", { database });
  await run(superuser, before);
  await run(at(), inside);
  return {
    owner: at("undersigned_owner", passwords.owner_password),
    program: at("undersigned", passwords.password),
    superuser: at(),
  };
}
