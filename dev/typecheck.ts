import { explain } from "@/bin/launch/progress";
import { checkTypes } from "@/dev/local/build";

try {
  await checkTypes();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
