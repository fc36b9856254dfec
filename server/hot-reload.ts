import type { EventEmitter } from "node:events";
import type { Server } from "node:http";
import type { Duplex } from "node:stream";

/** Where the browser's part of Next's development server connects to. */
const HOT_RELOAD = "/_next/hmr";

/**
 * Hands the hot-reload socket to Next while developing, and refuses every other upgrade.
 * @param next what Next listens to in place of the server
 * @returns a function that closes the sockets that Next holds: nothing else does, and a stop would wait for them
 */
export function passHotReload(
  server: Server,
  next: EventEmitter,
  refuse: (socket: Duplex, status: string) => void,
): () => void {
  const sockets = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    const isTaken = request.url?.startsWith(HOT_RELOAD) && next.emit("upgrade", request, socket, head);
    if (!isTaken) return refuse(socket, "400 Bad Request");
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}
