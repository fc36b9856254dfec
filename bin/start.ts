// `npm start`: the whole program on the database of DATABASE_URL, or everything on this machine.
import { demandDatabase, prepareDatabase } from "@/bin/launch/database";
import { local } from "@/bin/launch/local";
import { startProgram } from "@/bin/launch/program";
import { say, step } from "@/bin/launch/progress";
import { hasOwnDatabase, loadEnvFile } from "@/bin/launch/settings";
import { failWith, stopOnSignals } from "@/bin/launch/shutdown";
import { readEnv } from "@/lib/env";

/** With a configuration that is complete; no sample, no mailbox. */
async function startDeployed(): Promise<void> {
  const settings = readEnv(process.env);
  await demandDatabase(settings.databaseUrl);
  const applied = await step("Migrating the database", () => prepareDatabase(settings.databaseUrl));
  if (applied.length > 0) say(`Applied ${applied.join(", ")}.`);
  await startProgram(settings);
  say(`\nUndersigned runs at ${settings.publicUrl}/`);
}

stopOnSignals();
loadEnvFile();
await (hasOwnDatabase() ? startDeployed() : local("start")).catch(failWith);
