// MailDev for this machine only. Left alone it lets every website that the browser visits read the mail.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { MailDev } from "maildev";
import { endWherePortIsTaken } from "@/bin/launch/port-taken";

const [web, smtp, folder] = process.argv.slice(2);
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Neither another site's script nor a name that was pointed at this machine. */
function isLocal({ headers }: IncomingMessage): boolean {
  const { host = "", origin } = headers;
  if (!URL.canParse(`http://${host}`) || !LOOPBACK.has(new URL(`http://${host}`).hostname)) return false;
  return origin === undefined || origin === `http://${host}`;
}

function guard(server: Server): void {
  const [requests, upgrades] = [server.listeners("request"), server.listeners("upgrade")];
  server.removeAllListeners("request").removeAllListeners("upgrade");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (!isLocal(request)) return response.writeHead(403).end("This mailbox is for this machine only.\n");
    // MailDev shows its page only to who asks for HTML in so many words.
    if (request.url === "/") request.headers.accept = "text/html";
    for (const listener of requests) listener.call(server, request, response);
  });
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!isLocal(request)) return socket.destroy();
    for (const listener of upgrades) listener.call(server, request, socket, head);
  });
}

const mailbox = new MailDev({
  ip: "127.0.0.1",
  webIp: "127.0.0.1",
  smtp: Number(smtp),
  web: Number(web),
  mailDirectory: folder,
  maxEmails: 1000,
  silent: true,
});
const announce = console.info;
console.info = () => undefined;
const { api } = await mailbox
  .start()
  .catch((error: unknown) => endWherePortIsTaken(error, "MAILBOX_PORT and MAILBOX_SMTP_PORT"));
console.info = announce;
if (api) guard(api.server.server);
process.send?.("ready");

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    setTimeout(() => process.exit(0), 1_000).unref();
    void mailbox.stop().finally(() => process.exit(0));
  });
}
