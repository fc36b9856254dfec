import { generateIfStale, runTool } from "./local/build";
import { explain } from "./local/progress";

try {
  await generateIfStale();
  await runTool("next", ["typegen"]);
  await runTool("tsc", ["--noEmit"]);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
