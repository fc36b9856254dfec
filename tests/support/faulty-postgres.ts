import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { prepareDatabase } from "@/bin/launch/database";
import { clusterPlace } from "@/dev/local/cluster-place";
import { startPostgres } from "@/dev/local/postgres";
import { loadSampleIfEmpty } from "@/dev/local/prepare";
import { TEST_ENVIRONMENT } from "./environment";

/** A server of a test's own, migrated and with the sample letter, that can be hurt without hurting anybody else. */
export type FaultyPostgres = {
  url: string;
  /** SIGSTOP to every process of it: it keeps its connections and answers nothing. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** kill -9 to every process of it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again after a kill, on the same port. */
  revive(): Promise<void>;
  /** Everything that it has written since it was last started. */
  log(): Promise<string>;
  stop(): Promise<void>;
};

/** Starts one as in production: what it acknowledged is on disk. @param settings as in postgresql.conf */
export async function startFaultyPostgres(settings: Record<string, string> = {}): Promise<FaultyPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "undersigned-faulty-"));
  await chmod(folder, 0o711);
  const place = await clusterPlace(folder);
  const cluster = { folder: join(place, "postgres"), password: randomBytes(16).toString("hex"), settings };
  let server = await startPostgres(cluster);
  const { port } = server;
  const url = server.url("postgres");
  await prepareDatabase(url);
  await loadSampleIfEmpty({ ...TEST_ENVIRONMENT, DATABASE_URL: url });
  const signal = async (name: NodeJS.Signals) => {
    for (const pid of await processes(cluster.folder)) send(pid, name);
  };
  const stop = async () => {
    await signal("SIGCONT").catch(() => undefined);
    await server.stop();
    for (const used of [folder, place]) await rm(used, { recursive: true, force: true });
  };
  return {
    url,
    freeze: () => signal("SIGSTOP"),
    thaw: () => signal("SIGCONT"),
    kill: async () => {
      await signal("SIGKILL");
      await server.ended;
    },
    revive: async () => {
      server = await restarted({ ...cluster, port });
    },
    log: () => readFile(`${cluster.folder}.log`, "utf8"),
    stop,
  };
}

/** After a crash its memory may take a moment to be given back, and its port longer, where a client has got it meanwhile. */
async function restarted(cluster: Parameters<typeof startPostgres>[0]) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startPostgres(cluster);
    } catch (error) {
      if (attempt === 100) throw error;
      await pause(200);
    }
  }
}

/** The server and its children; the server first, so that it starts no others meanwhile. */
async function processes(folder: string): Promise<number[]> {
  const [line = ""] = (await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n");
  const server = Number(line);
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === server);
  return [server, ...children.map(Number)];
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[1],
    );
  } catch {
    return undefined;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
