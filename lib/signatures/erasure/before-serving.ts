import { setTimeout as pause } from "node:timers/promises";
import { ConfigurationError } from "@/lib/errors";
import { log } from "@/lib/ops/log/log";
import { eraseAgain } from "@/lib/signatures/erasure/erase-again";
import { hideAgain } from "@/lib/signatures/erasure/hide-again";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";

const RETRY_MS = 1_000;

/**
 * What web and worker do before they serve anybody: people whom a restored backup has brought back are erased again, and what was
 * hidden since is hidden again.
 * Waits for the database as long as it takes.
 * @throws ConfigurationError, and where the folder of STATE_DIR cannot be read: nobody knows then who was erased
 */
export async function eraseBeforeServing(): Promise<void> {
  for (let told = false; ; told = true) {
    try {
      await tryToNoteErasures();
      const done = await eraseAgain(new Date());
      if (done.erased > 0)
        log.warn("a restored database had deleted signatures; they are deleted again", done);
      const hidden = await hideAgain(new Date());
      if (hidden > 0) log.warn("a restored database showed hidden names; they are hidden again", { hidden });
      return;
    } catch (error) {
      if (error instanceof ConfigurationError || isOfFiles(error)) throw error;
      if (!told) log.warn("waiting for the database, to delete again what a restore brought back");
      await pause(RETRY_MS);
    }
  }
}

/** The system's own errors about a file name a path; the database's do not. */
const isOfFiles = (error: unknown) => error instanceof Error && "path" in error;
