// `npm run build`, and what `bin/prepare.mjs` runs where a part of the build is missing.
import { explain, say } from "../bin/launch/progress.ts";
import { buildAll, buildPrograms } from "./local/build.ts";

const programsOnly = process.argv.includes("--programs");
try {
  await (programsOnly ? buildPrograms() : buildAll());
  if (!programsOnly) say("The build is up to date.");
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
