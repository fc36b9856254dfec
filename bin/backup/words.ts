import type { BackupProblem } from "@/lib/ops/backup/backup-error";

/** Why a backup was not made or restored, in words for an operator. */
export function backupWords(problem: BackupProblem, file: string): string {
  return WORDS[problem].replace("FILE", file);
}

const WORDS: Record<BackupProblem, string> = {
  exists: "FILE already exists. Choose another name.",
  unprepared: "This database has no Undersigned tables.",
  damaged: "FILE is damaged, was changed, or is not a backup. Nothing was restored.",
  "other-format": "FILE is from another version, and this version can’t read it.",
  "other-key": "FILE was made with another ENCRYPTION_KEY. Set that key first. Nothing was restored.",
  newer: "FILE is from a newer version. Restore it with that version. Nothing was restored.",
  "not-empty": "This database is not empty. Restore into a new one. Nothing was restored or changed.",
  "unknown-jobs":
    "FILE has jobs that this version can’t do. Restore it with the version that made it. Nothing was restored.",
};
