import type { Server } from "node:http";
import type { Socket } from "node:net";
import { Gauge, type Registry } from "prom-client";
import { registry } from "@/lib/ops/metrics/registry";

/** A connection without a request is closed long before; one that is older than this has been lost sight of. */
const LOST_MS = 60_000;

/** A connection: how many of its requests are under way, and when the last one began or ended. */
type Use = { underWay: number; at: number };

/**
 * Counts a server's connections beside the process' open descriptors (`process_open_fds`): what stays open though nobody
 * speaks on it shows as `lost`.
 */
export function countConnections(server: Server, register: Registry = registry(), now = Date.now): void {
  const uses = new Map<Socket, Use>();
  server.on("connection", (socket: Socket) => {
    uses.set(socket, { underWay: 0, at: now() });
    socket.once("close", () => uses.delete(socket));
  });
  server.prependListener("request", ({ socket }, response) => {
    const mark = (change: number) => {
      const use = uses.get(socket);
      if (use) uses.set(socket, { underWay: use.underWay + change, at: now() });
    };
    mark(1);
    response.once("close", () => mark(-1));
  });
  new Gauge({
    name: "undersigned_http_connections",
    help: "Open connections: live ones, and lost ones that nobody has used for a minute.",
    labelNames: ["state"],
    registers: [register],
    collect() {
      const all = [...uses.values()];
      const lost = all.filter(({ underWay, at }) => underWay === 0 && now() - at > LOST_MS).length;
      this.set({ state: "live" }, all.length - lost);
      this.set({ state: "lost" }, lost);
    },
  });
}
