import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** The build that `shared-setup.ts` or `dev/test.ts` has begun. */
async function untilBuilt(): Promise<void> {
  for (;;) {
    const problem = await readFile(String(process.env.BUILT), "utf8").catch(() => null);
    if (problem === "") return;
    if (problem) throw new Error(problem);
    await pause(200);
  }
}

await untilBuilt();
