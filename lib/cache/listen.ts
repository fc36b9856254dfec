import { Client } from "pg";
import { CHANGES_CHANNEL } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";

const RETRY_MS = 1_000;
const HEARTBEAT_MS = 5_000;

/**
 * Keeps a connection on which the database tells this process what changed, and drops it from the cache.
 * Reconnects by itself for as long as the process lives; whatever may have been missed is forgotten.
 * @returns `tried`, once the first attempt has succeeded or failed, and a function that ends it all
 */
export function listenForChanges(connectionString: string): {
  tried: Promise<void>;
  stop: () => Promise<void>;
} {
  let stopped = false;
  let client: Client | undefined;
  const connect = async () => {
    if (stopped) return;
    const current = new Client({
      connectionString,
      connectionTimeoutMillis: 3_000,
      query_timeout: 3_000,
      keepAlive: true,
    });
    client = current;
    let timer: NodeJS.Timeout | undefined;
    const lost = () => {
      if (client !== current) return;
      client = undefined;
      clearInterval(timer);
      current.removeAllListeners();
      current.on("error", () => {});
      current.end().catch(() => {});
      cache.trust(false);
      if (!stopped) setTimeout(connect, RETRY_MS);
    };
    current.on("error", lost).on("end", lost);
    current.on("notification", ({ payload }) => payload && cache.invalidate(payload));
    try {
      await current.connect();
      await current.query(`LISTEN ${CHANGES_CHANNEL}`);
      cache.clear();
      cache.trust(true);
      // A frozen server closes no connection; only silence tells.
      timer = setInterval(() => current.query("SELECT 1").catch(lost), HEARTBEAT_MS);
    } catch {
      lost();
    }
  };

  const stop = async () => {
    stopped = true;
    await client?.end().catch(() => {});
  };
  return { tried: connect(), stop };
}
