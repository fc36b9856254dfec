import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isOtherAddress, isOwnOrigin } from "@/lib/http/origin";
import type { Refusal } from "@/lib/http/refusals";
import { ENDPOINT_POLICY } from "@/server/headers";
import type { Match, Matcher } from "@/server/match";
import { KINDS, type Kind, type Route } from "@/server/routes";

const FORM_TYPES = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i;
const TYPES: Partial<Record<Kind, RegExp>> = {
  json: /^application\/json\s*(?:;|$)/i,
};
const BEARER = /^bearer +\S/i;

/** What to do with a request, decided before anything of it is read. */
export function admit(request: IncomingMessage, publicUrl: string, match: Matcher): Match {
  const { method = "GET", url = "" } = request;
  if (!isReadable(url)) return { is: "refused", refusal: "unreadable" };
  const found = match(method, url);
  if (/^(?:GET|HEAD|OPTIONS)$/.test(method)) return found;
  // What is sent where nothing is taken is judged as a form would be.
  const route = found.is === "route" ? found.route : method === "POST" ? KINDS.form : undefined;
  const refusal = route && problem(request, publicUrl, route);
  return refusal ? { is: "refused", refusal } : found;
}

function problem(
  { method, headers }: IncomingMessage,
  publicUrl: string,
  { kind, origin, body }: Pick<Route, "kind" | "origin" | "body">,
): Refusal | null {
  // A browser adds no key of its own accord, so what brings one comes from no page.
  if (origin === "key" && !BEARER.test(headers.authorization ?? "")) return "other-site";
  if (origin === "own" && !isOwnOrigin(headers.origin, publicUrl))
    return isOtherAddress(headers) ? "other-address" : "other-site";
  const { "content-length": length, "transfer-encoding": encoding, "content-type": type = "" } = headers;
  if (method === "DELETE" && length === undefined && encoding === undefined) return null;
  if (!(TYPES[kind] ?? FORM_TYPES).test(type)) return "other-type";
  if (length === undefined) return "no-length";
  return Number(length) > body.bytes ? "too-large" : null;
}

/** A target that decodes, without control characters: neither Next nor the database takes those. */
function isReadable(target: string): boolean {
  if (!target.startsWith("/") || !URL.canParse(target, "http://localhost")) return false;
  const { pathname, searchParams } = new URL(target, "http://localhost");
  try {
    // The public JSON says itself, and as JSON, which parameter is wrong.
    const values = pathname.startsWith("/api/v1/") ? [] : searchParams.values();
    return !/\p{Cc}/u.test([decodeURIComponent(pathname), ...values].join(""));
  } catch {
    return false;
  }
}

const UNREADABLE: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Makes the functions that end a connection without Next. @param common headers of every answer */
export function refusers(common: Record<string, string>) {
  const headers = { ...common, "content-security-policy": ENDPOINT_POLICY, connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  /** Says a status and nothing else. */
  const refuse = (socket: Duplex, status: string): void => {
    const gone = () => void socket.destroy();
    // Anyone who is gone already is no failure of ours.
    socket.on("error", gone);
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join("")}content-length: 0\r\n\r\n`, gone);
  };
  /** Answers what is no HTTP, or comes too slowly. */
  const clientError = (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    refuse(socket, UNREADABLE[error.code ?? ""] ?? "400 Bad Request");
  };
  return { refuse, clientError };
}
