// `npm test`: lint and types count as a test each, beside Vitest, which runs the rest and gets the arguments.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { explain, say } from "@/bin/launch/progress";
import { buildAndNote, checkTypes, runTool } from "@/dev/local/build";
import { PROJECT } from "@/lib/project-folder";

type Counts = { passed: number; failed: number };

const chosen = process.argv.slice(2);
// The developer's own configuration must not reach the tests.
const FOREIGN =
  /^(DATABASE_URL|DATA_DIR|STATE_DIR|RESEND_|SMTP_URL|ENCRYPTION_KEY|PUBLIC_URL|ADMIN_EMAILS|MAIL_FROM|PORT|HOST|NODE_ENV|MAILBOX_|SAMPLE)/;
for (const name of Object.keys(process.env)) if (FOREIGN.test(name)) delete process.env[name];
Object.assign(process.env, {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  // Every app that a test starts compiles the same, and Vitest too: a third of what a start costs.
  NODE_COMPILE_CACHE: join(PROJECT, "node_modules/.cache/undersigned/compiled"),
});

/** What checks the sources says its part once it is over, so that lines do not mix. */
async function check(name: string, act: () => Promise<void>): Promise<Counts> {
  try {
    await act();
    say(`${name}: nothing to object to.`);
    return { passed: 1, failed: 0 };
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return { passed: 0, failed: 1 };
  }
}

function checkSources(): Promise<Counts>[] {
  if (chosen.length > 0) return [];
  const built = buildFirst();
  return [
    check("Lint", () => runTool("biome", ["check", "--error-on-warnings", "--colors=off", "."])),
    check("Types", () => built.then(checkTypes)),
  ];
}

/** Browser tests wait for the build, and nothing for the types, which cannot be checked meanwhile. */
async function buildFirst(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "undersigned-built-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.env.BUILT = join(folder, "built");
  await buildAndNote(process.env.BUILT);
}

/**
 * Runs Vitest with its output shown. A run that crashes, finds nothing or fails outside a test counts as one failure.
 * @param files the projects, or the developer's own choice
 * @param nice how much it makes way for what else runs
 */
async function runVitest(files: string[], nice = 0): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "undersigned-report-"));
  const report = join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const child = spawn(join(PROJECT, "node_modules/.bin/vitest"), ["run", ...reporters, ...files], {
      cwd: PROJECT,
      stdio: "inherit",
    });
    if (child.pid) setPriority(child.pid, nice);
    const code = await new Promise((resolve) => child.once("error", resolve).once("exit", resolve));
    const result = JSON.parse(readFileSync(report, "utf8"));
    const counts = { passed: result.numPassedTests, failed: result.numFailedTests };
    const sound = code === 0 && counts.passed > 0;
    return sound || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Browser tests take longest and wait most: the others take what time they leave. */
function runTests(): Promise<Counts>[] {
  if (chosen.length > 0) return [runVitest(chosen)];
  return [runVitest(["--project=unit", "--project=integration"], 3), runVitest(["--project=e2e"])];
}

const results = await Promise.all([...checkSources(), ...runTests()]);
const sum = (of: keyof Counts) => results.reduce((total, counts) => total + counts[of], 0);
process.exitCode = sum("failed") === 0 ? 0 : 1;
say(`${sum("passed")} passed, ${sum("failed")} failed`);
