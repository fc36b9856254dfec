import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isOtherAddress, isOwnOrigin } from "@/lib/http/origin";
import type { Refusal } from "@/lib/http/refusals";
import { ENDPOINT_POLICY } from "@/server/headers";
import { bodyLimit } from "@/server/limits";
import { takesEvents } from "@/server/route";

const FORM_TYPES = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\s*(?:;|$)/i;
const EVENT_TYPE = /^application\/json\s*(?:;|$)/i;
const METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

/** Whether a request may be answered at all, before anything of it is read. @returns why not, or null */
export function refusal(request: IncomingMessage, publicUrl: string): Refusal | null {
  const { method = "GET", headers, url = "" } = request;
  if (!isReadable(url)) return "unreadable";
  if (!METHODS.has(method)) return "no-form";
  if (method !== "POST") return null;
  // A provider's call comes from no page; it is signed instead.
  const isEvent = takesEvents(url);
  if (!isEvent && !isOwnOrigin(headers.origin, publicUrl))
    return isOtherAddress(headers) ? "other-address" : "other-site";
  if (!(isEvent ? EVENT_TYPE : FORM_TYPES).test(headers["content-type"] ?? "")) return "other-type";
  if (headers["content-length"] === undefined) return "no-length";
  return Number(headers["content-length"]) > bodyLimit(url) ? "too-large" : null;
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
    // Whoever is gone already is no failure of ours.
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
