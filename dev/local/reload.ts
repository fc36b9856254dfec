import type { ChildProcess } from "node:child_process";
import { context, type Plugin } from "esbuild";
import { say } from "@/bin/launch/progress";
import { endProcess, programIn, spawnService } from "@/bin/launch/services";
import { atEnd } from "@/bin/launch/shutdown";
import { bundleOptions } from "@/dev/local/build";

const FOLDER = "node_modules/.cache/undersigned/changing";

/** Runs a program, and again each time that its sources change. */
export async function startChanging(name: string, env: Record<string, string | undefined>): Promise<void> {
  const command = programIn(FOLDER, `programs/${name}`);
  let child: ChildProcess | undefined;
  const end = async () => child && endProcess(child);
  const options = bundleOptions([name]);
  const again: Plugin = {
    name: "again",
    setup: ({ onEnd }) =>
      onEnd(async ({ errors }) => {
        for (const { text, location } of errors) say(`${location?.file}:${location?.line}: ${text}`);
        if (errors.length > 0) return;
        await end();
        child = spawnService({ name, command, env });
      }),
  };
  const watched = await context({ ...options, outdir: FOLDER, plugins: [...(options.plugins ?? []), again] });
  atEnd(async () => {
    await watched.dispose();
    await end();
  });
  await watched.watch();
}
