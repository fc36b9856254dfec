import { Client } from "pg";
import { CHANGES_CHANNEL } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";

const RETRY_MS = 1_000;
const HEARTBEAT_MS = 5_000;

/**
 * Keeps a connection on which the database tells this process what changed, and drops it from the cache.
 * Reconnects by itself for as long as the process lives; whatever may have been missed is forgotten.
 * @returns a function that ends it
 */
export function listenForChanges(connectionString: string): () => Promise<void> {
  let stopped = false;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const lost = () => {
    if (!client) return;
    client.removeAllListeners();
    client.on("error", () => {});
    client.end().catch(() => {});
    client = undefined;
    cache.trust(false);
    clearInterval(timer);
    if (!stopped) setTimeout(connect, RETRY_MS);
  };

  const connect = async () => {
    if (stopped) return;
    client = new Client({
      connectionString,
      connectionTimeoutMillis: 3_000,
      query_timeout: 3_000,
      keepAlive: true,
    });
    client.on("error", lost).on("end", lost);
    client.on("notification", ({ payload }) => payload && cache.invalidate(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANGES_CHANNEL}`);
      cache.clear();
      cache.trust(true);
      // A frozen server closes no connection; only silence tells.
      timer = setInterval(() => client?.query("SELECT 1").catch(lost), HEARTBEAT_MS);
    } catch {
      lost();
    }
  };

  void connect();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await client?.end().catch(() => {});
  };
}
