import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";

const mend = process.argv.includes("--fix");
const differences = await recount(mend, new Date());
for (const { slug, kept, counted } of differences) {
  console.log(`${slug}: kept ${JSON.stringify(kept)}, counted ${JSON.stringify(counted)}`);
}
const verdict =
  differences.length === 0
    ? "The counts are right."
    : `${differences.length} rows differ${mend ? " and were fixed." : ". To fix them: npm run recount -- --fix"}`;
console.log(verdict);
await db.$disconnect();
process.exitCode = differences.length > 0 && !mend ? 1 : 0;
