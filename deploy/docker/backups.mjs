// Backs up the database once a day with `npm run backup`'s program, and copies STATE_DIR beside it: into /backups.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const FOLDER = process.env.BACKUP_DIR ?? "/backups";
const STATE = process.env.STATE_DIR ?? "/state";
const DAY_MS = 86_400_000;
const KEEP_MS = 30 * DAY_MS;
const NAME = /^undersigned-.*\.gz$/;
process.on("SIGTERM", () => process.exit(0));

function backUp() {
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  const { status } = spawnSync(
    process.execPath,
    ["dist/command.js", "backup", join(FOLDER, `undersigned-${time}Z.gz`)],
    { stdio: "inherit" },
  );
  // Always the newest: an older list of who was deleted would bring people back.
  for (const name of ["erased-signatures", "audit-heads"].filter((one) => existsSync(join(STATE, one)))) {
    copyFileSync(join(STATE, name), join(FOLDER, `${name}.new`));
    renameSync(join(FOLDER, `${name}.new`), join(FOLDER, name));
  }
  if (status !== 0) return false;
  for (const name of readdirSync(FOLDER).filter((one) => NAME.test(one)))
    if (Date.now() - statSync(join(FOLDER, name)).mtimeMs > KEEP_MS) rmSync(join(FOLDER, name));
  return true;
}

function newest() {
  const times = readdirSync(FOLDER)
    .filter((one) => NAME.test(one))
    .map((one) => statSync(join(FOLDER, one)).mtimeMs);
  return Math.max(0, ...times);
}

const once = process.argv.includes("--once");
if (once) process.exit(backUp() ? 0 : 1);
for (;;) {
  const due = newest() + DAY_MS - Date.now();
  if (due > 0) await pause(Math.min(due, 3_600_000));
  else if (!backUp()) await pause(600_000);
}
