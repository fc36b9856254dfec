/** Why the pages of a table still hold what was erased. */
export type RewriteProblem =
  /** Others held the table all the time. */
  | "locked"
  /** The role that runs the program owns neither the table nor the database. */
  | "notOwner"
  /** A long transaction, such as a backup, may yet look at it. */
  | "inUse";

/** A table that was not written afresh. */
export class RewriteError extends Error {
  override name = "RewriteError";
  readonly problem: RewriteProblem;
  readonly table: string;

  constructor(problem: RewriteProblem, table: string) {
    super(`${table}: ${problem}`);
    this.problem = problem;
    this.table = table;
  }
}
