import { explain } from "@/bin/launch/progress";
import { runTool } from "@/dev/local/build";

try {
  await runTool("next", ["typegen"]);
  await runTool("tsc", ["--noEmit"]);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
