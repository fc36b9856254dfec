import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { StartError } from "@/bin/launch/start-error";

/** The account that PostgreSQL runs under; empty when it is our own. */
export type Account = { uid?: number; gid?: number };

function idOf(flag: "-u" | "-g"): number | undefined {
  const result = spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
  return result.status === 0 ? Number(result.stdout) : undefined;
}

/**
 * PostgreSQL refuses to run as root, so root lends it the account that owns the cluster, or
 * `postgres`, made when missing.
 * @throws StartError when the machine has no such account and none can be made
 */
export function postgresAccount(cluster?: string): Account {
  if (process.getuid?.() !== 0) return {};
  const owner = cluster ? statSync(cluster, { throwIfNoEntry: false }) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  if (idOf("-u") === undefined) createAccount();
  return { uid: idOf("-u"), gid: idOf("-g") };
}

function createAccount(): void {
  const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
  try {
    execFileSync("useradd", [...options, "postgres"], { stdio: "pipe" });
  } catch {
    throw new StartError(
      "PostgreSQL does not run as root, and we can’t create the account `postgres`. Run this as another user.",
    );
  }
}

/** Whether the account may use a file or search a folder, asked of the system itself. */
export function reaches(account: Account, path: string): boolean {
  if (account.uid === undefined) return true;
  const result = spawnSync("/bin/sh", ["-c", 'test -x "$1"', "sh", path], { ...account, cwd: "/" });
  return result.status === 0;
}
