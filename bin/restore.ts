import { resolve } from "node:path";
import { backupWords } from "@/bin/backup/words";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { errorCode } from "@/lib/errors";
import { BackupError } from "@/lib/ops/backup/backup-error";
import { restoreBackup } from "@/lib/ops/backup/restore-backup";
import { eraseAgain } from "@/lib/signatures/erasure/erase-again";
import { hideAgain } from "@/lib/signatures/erasure/hide-again";

const USAGE = `Restores a backup into an empty database, with the ENCRYPTION_KEY that it was made with:
  npm run restore -- FILE`;

const [file, ...rest] = process.argv.slice(2);

if (!file || rest.length > 0) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = 1;
} else {
  await restore(resolve(file)).catch((error: unknown) => {
    process.exitCode = 1;
    if (error instanceof BackupError) process.stderr.write(`${backupWords(error.problem, file)}\n`);
    else if (["ENOENT", "EACCES", "EISDIR"].includes(errorCode(error) ?? ""))
      process.stderr.write(`${file} cannot be read.\n`);
    else throw error;
  });
}

async function restore(path: string): Promise<void> {
  const { takenAt } = await restoreBackup(env().databaseUrl, path, new Date());
  const { erased } = await eraseAgain(new Date());
  const hidden = await hideAgain(new Date());
  await db.$disconnect();
  process.stdout.write(
    `Restored as it was at ${takenAt}. Administrators must sign in again.\n` +
      `Deleted since then, and now deleted again: ${erased}.\n` +
      `Hidden since then, and now hidden again: ${hidden}.\n`,
  );
}
