import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { program } from "@/bin/launch/services";
import { PROJECT } from "@/lib/project-folder";

/** A command of this project while it runs, with everything it has said. */
export type Command = {
  child: ChildProcess;
  said(): string;
  /** Resolves with the exit code, or the signal's name. */
  ended: Promise<number | string>;
  /** Resolves once it has said this. @throws when it ends before, or after a minute */
  until(words: string): Promise<void>;
};

/** Runs `node` with these arguments in the project, in an environment with nothing but these settings. */
export function runNode(args: string[], settings: Record<string, string>): Command {
  const { PATH = "", HOME = "", TMPDIR = "/tmp", NODE_COMPILE_CACHE = "" } = process.env;
  const env = {
    PATH,
    HOME,
    TMPDIR,
    NODE_COMPILE_CACHE,
    ENV_FILE: "",
    ...settings,
  } as unknown as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, args, { cwd: PROJECT, env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? String(signal))),
  );
  const until = async (words: string) => {
    for (const limit = Date.now() + 150_000; Date.now() < limit; await pause(50)) {
      if (text.includes(words)) return;
      if (child.exitCode !== null || child.signalCode !== null) break;
    }
    throw new Error(`"${words}" was never said. What was:\n${text}`);
  };
  return { child, said: () => text, ended, until };
}

export const startCommand = (settings: Record<string, string>) => runNode(program("start"), settings);
