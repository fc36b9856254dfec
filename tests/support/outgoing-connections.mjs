// Loaded into a process before its own code (NODE_OPTIONS): writes down every connection that it opens and
// every name that it looks up, one a line, into the file that OUTGOING_CONNECTIONS names.
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

const file = process.env.OUTGOING_CONNECTIONS;
const note = (line) => file && appendFileSync(file, `${line}\n`);

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...given) {
  // Inside node the options come as one normalised list.
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  if (typeof options === "object") note(options.path ?? `${options.host ?? "localhost"}:${options.port}`);
  else note(`${typeof given[1] === "string" ? given[1] : "localhost"}:${options}`);
  return connect.apply(this, given);
};

for (const api of [dns, dns.promises])
  for (const [name, real] of Object.entries(api))
    if (/^(?:lookup|resolve|reverse)/.test(name) && typeof real === "function")
      api[name] = (host, ...rest) => {
        note(`name ${host}`);
        return real.call(api, host, ...rest);
      };
syncBuiltinESMExports();
