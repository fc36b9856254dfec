import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { PROJECT } from "@/lib/project-folder";

/**
 * Reads `.env` when there is one; what the environment already says goes first. ENV_FILE names another file,
 * or none when it is empty: tests must not meet a developer's own configuration.
 */
export function loadEnvFile(): void {
  const { ENV_FILE = ".env" } = process.env;
  const file = resolve(PROJECT, ENV_FILE);
  if (ENV_FILE !== "" && existsSync(file)) process.loadEnvFile(file);
}

export const hasOwnDatabase = () => Boolean(process.env.DATABASE_URL?.trim());
