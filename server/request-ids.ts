import type { IncomingMessage } from "node:http";
import proxyAddress from "proxy-addr";
import { v7 as uuid } from "uuid";

/** What another's id may look like, so that it can be written into a log and a header. */
const READABLE = /^[\w.-]{8,64}$/;

/**
 * Makes the function that names a request, so that a person's report, a proxy's log and ours can be put together. Only a
 * proxy that is trusted brings a name of its own; anybody else's gets a new one.
 * @param trusted addresses and CIDR ranges of proxies, or `loopback`, `linklocal`, `uniquelocal`
 */
export function idReader(trusted: string[]): (request: IncomingMessage) => string {
  const trust = trusted.length > 0 ? proxyAddress.compile(trusted) : () => false;
  return ({ headers, socket }) => {
    const given = headers["x-request-id"];
    const known = typeof given === "string" && READABLE.test(given) && trust(socket.remoteAddress ?? "", 0);
    return known ? given : uuid();
  };
}
