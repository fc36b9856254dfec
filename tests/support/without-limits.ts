import { setTimeout as pause } from "node:timers/promises";
import { runSql } from "./database";

/**
 * Forgets again and again what the limits of signings without a proof of work have counted, for trials of other things.
 * @returns what ends it
 */
export function withoutLimits(databaseUrl: string): () => Promise<void> {
  let over = false;
  const forget = async () => {
    await runSql(databaseUrl, "UPDATE signature SET unchecked = false WHERE unchecked");
    await runSql(databaseUrl, "DELETE FROM address_mail WHERE address_hash LIKE 'unchecked%'");
    // What a limit held back already.
    await runSql(
      databaseUrl,
      "UPDATE mail SET unchecked = false, not_before = now() WHERE state = 'HELD' AND unchecked",
    );
  };
  const work = async () => {
    while (!over) {
      // The database may be the very thing that fails.
      await forget().catch(() => undefined);
      await pause(500);
    }
  };
  const working = work();
  return () => {
    over = true;
    return working;
  };
}
