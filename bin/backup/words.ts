import type { BackupProblem } from "@/lib/ops/backup/backup-error";

/** Why a backup was not made or restored, in words for an operator. */
export function backupWords(problem: BackupProblem, file: string): string {
  return WORDS[problem].replace("FILE", file);
}

const WORDS: Record<BackupProblem, string> = {
  exists: "FILE exists already: choose another name.",
  unprepared: "This database has no tables of Undersigned.",
  damaged: "FILE is damaged, or was changed, or is no backup. Nothing was restored.",
  "other-format": "FILE was made by another version in a form that this one does not read.",
  "other-key": "FILE was made under another ENCRYPTION_KEY: set the one of that time. Nothing was restored.",
  newer: "FILE was made by a newer version: restore it with that version. Nothing was restored.",
  "not-empty":
    "This database is not empty: restore into a new one. Nothing was restored, and nothing was changed.",
  "unknown-jobs":
    "FILE holds jobs that this version cannot do: restore it with the version that made it. Nothing was restored.",
};
