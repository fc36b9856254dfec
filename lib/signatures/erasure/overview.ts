import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { traces } from "@/lib/signatures/erasure/queries";
import type { RewriteProblem } from "@/lib/signatures/erasure/rewrite-problem";

/** Two quiet hours have passed without a run. */
const LATE_SECONDS = 50 * 3_600;

/** What administrators should hear of erased data that are not gone. */
export type TracesNotice = {
  /** Data in the database's files: how many entries', and why. */
  left: { count: number; problem: RewriteProblem | "failed" | "late" } | null;
  /** How many erased signatures a restored backup would bring back. */
  unnoted: number;
};

/** Reads it; nothing is said where all goes its way. */
export async function tracesNotice(admin: Admin): Promise<TracesNotice> {
  assertMaySomewhere(admin, "letter.read");
  const { waiting, age, unnoted, problem } = await traces();
  const why = problem ?? (age > LATE_SECONDS ? "late" : null);
  return { left: why && waiting > 0 ? { count: waiting, problem: why } : null, unnoted };
}
