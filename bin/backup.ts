import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { backupWords } from "@/bin/backup/words";
import { env } from "@/lib/env";
import { BackupError } from "@/lib/ops/backup/backup-error";
import { makeBackup } from "@/lib/ops/backup/make-backup";
import { PROJECT } from "@/lib/project-folder";

const USAGE = `Backs up everything except the encryption key:
  npm run backup -- FILE`;

const [file, ...rest] = process.argv.slice(2);

if (!file || file.startsWith("-") || rest.length > 0) {
  process.stdout.write(`${USAGE}\n`);
  process.exitCode = 1;
} else {
  await backup(resolve(file)).catch((error: unknown) => {
    if (!(error instanceof BackupError)) throw error;
    process.stderr.write(`${backupWords(error.problem, file)}\n`);
    process.exitCode = 1;
  });
}

async function backup(path: string): Promise<void> {
  const { version } = JSON.parse(await readFile(join(PROJECT, "package.json"), "utf8"));
  const rows = await makeBackup(env().databaseUrl, path, version, new Date());
  const { signature = 0, queue = 0 } = rows;
  process.stdout.write(
    `${path}: ${signature} signatures, ${queue} waiting jobs and everything else.\n` +
      "It does not contain the encryption key. Keep a copy of the key elsewhere: you need it to restore this file.\n",
  );
}
