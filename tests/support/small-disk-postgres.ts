// A program of its own, to run where the folder is a small disk: PostgreSQL until standard input ends.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startPostgres } from "@/dev/local/postgres";

const [, , folder = ""] = process.argv;
const password = randomBytes(16).toString("hex");
// Little is put aside for later, so that a full disk is soon felt.
const settings = { min_wal_size: "32MB", max_wal_size: "48MB", wal_recycle: "off", wal_init_zero: "on" };
const cluster = { folder: join(folder, "postgres"), password, settings };
let server = await startPostgres(cluster);
const { port } = server;
let stopping = false;

/** As whoever runs a database would: a server that ended because it could write nothing is started until it can. */
async function keepRunning(): Promise<void> {
  await server.ended;
  while (!stopping) {
    await pause(500);
    const started = await startPostgres({ ...cluster, port }).catch(() => null);
    if (!started) continue;
    server = started;
    await server.ended;
  }
}
void keepRunning();

process.stdout.write(`${JSON.stringify({ url: server.url("postgres") })}\n`);
process.stdin.resume().once("end", () => {
  stopping = true;
  void server.stop().finally(() => process.exit(0));
});
