// `npm test`: lint and type check count as one test each, then Vitest runs the rest. Arguments go to Vitest.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explain, say } from "@/bin/launch/progress";
import { PROJECT } from "@/lib/project-folder";

type Counts = { passed: number; failed: number };

const chosen = process.argv.slice(2);
// The developer's own configuration must not reach the tests.
const FOREIGN =
  /^(DATABASE_URL|DATA_DIR|STATE_DIR|RESEND_|SMTP_URL|ENCRYPTION_KEY|PUBLIC_URL|ADMIN_EMAILS|MAIL_FROM|PORT|HOST|NODE_ENV|MAILBOX_)/;
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
};

/** Runs a tool with its output shown, and tells whether it succeeded. */
function passes(tool: string, args: string[]): Promise<boolean> {
  const child = spawn(join(PROJECT, "node_modules/.bin", tool), args, {
    cwd: PROJECT,
    env: env as Record<string, string> as NodeJS.ProcessEnv,
    stdio: "inherit",
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

async function checkSources(): Promise<Counts> {
  say("Lint …");
  const lint = await passes("biome", ["check", "--error-on-warnings", "."]);
  say("Type check …");
  const types = (await passes("next", ["typegen"])) && (await passes("tsc", ["--noEmit"]));
  const results = [lint, types];
  return { passed: results.filter(Boolean).length, failed: results.filter((passed) => !passed).length };
}

/** A run that crashes, finds nothing to run or fails outside a test counts as one failure. */
async function runVitest(): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "undersigned-report-"));
  const report = join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const passed = await passes("vitest", ["run", ...reporters, ...chosen]);
    const result = JSON.parse(readFileSync(report, "utf8"));
    const counts = { passed: result.numPassedTests, failed: result.numFailedTests };
    const sound = passed && counts.passed > 0;
    return sound || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const none = { passed: 0, failed: 0 };
try {
  const sources = chosen.length > 0 ? none : await checkSources();
  const tests = await runVitest();
  const failed = sources.failed + tests.failed;
  process.exitCode = failed === 0 ? 0 : 1;
  say(`${sources.passed + tests.passed} passed, ${failed} failed`);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
  say("0 passed, 1 failed");
}
