import { buildIfStale } from "./local/build";
import { explain, say } from "./local/progress";

try {
  await buildIfStale();
  say("The build is up to date.");
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
