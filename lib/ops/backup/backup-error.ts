/** Why a backup is not made, or not restored. */
export type BackupProblem =
  | "exists"
  | "unprepared"
  | "damaged"
  | "other-format"
  | "other-key"
  | "newer"
  | "not-empty"
  | "unknown-jobs";

/** A refusal to make or restore a backup; nothing was changed. */
export class BackupError extends Error {
  override name = "BackupError";
  readonly problem: BackupProblem;

  constructor(problem: BackupProblem) {
    super(problem);
    this.problem = problem;
  }
}
