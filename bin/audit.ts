import { runAudit } from "@/bin/audit/run-audit";
import { db } from "@/lib/db/client";

try {
  const { lines, code } = await runAudit(process.argv.slice(2));
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = code;
} finally {
  await db.$disconnect();
}
