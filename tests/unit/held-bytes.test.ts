import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { exactCopy } from "@/lib/cache/exact-copy";
import { heldBytes } from "@/lib/cache/held-bytes";
import { cache } from "@/lib/cache/tagged-cache";
import { documentOf } from "@/server/documents";
import { KINDS } from "@/server/routes";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What this process holds outside of its heap, once nothing is left to collect. */
function outside(): number {
  for (let time = 0; time < 3; time++) collect();
  return process.memoryUsage().arrayBuffers;
}

describe("the bytes that a value holds", () => {
  it("are those of whatever it refers to, once", () => {
    const bytes = Buffer.allocUnsafeSlow(100_000);
    const text = "a".repeat(1_000);
    expect(heldBytes({ bytes, again: [bytes, new Map([["key", bytes]])] })).toBeLessThan(101_000);
    expect(heldBytes([text, new Set([text])])).toBeGreaterThan(4_000);
    const circle: unknown[] = [];
    circle.push(circle);
    expect(heldBytes(circle)).toBeLessThan(200);
    expect(heldBytes([null, undefined, 1, true, new Date()])).toBeLessThan(500);
  });

  it("of a part of a pool are the pool's, and of a copy its own", () => {
    const part = Buffer.from("a small part of a pool");
    expect(heldBytes(part)).toBeGreaterThanOrEqual(Buffer.poolSize);
    expect(heldBytes(exactCopy(part))).toBeLessThan(200);
    expect(exactCopy(part)).toEqual(part);
    const zipped = gzipSync("a".repeat(5_000));
    expect(heldBytes(exactCopy(zipped))).toBeLessThan(zipped.length + 200);
  });
});

describe("kept documents", () => {
  const COUNT = 400;

  it("hold no more of the process' memory than is counted", async () => {
    // About as long as an empty list, and compressible as pages are.
    const page = (asked: string) =>
      `<!doctype html><p>${asked}</p>${"<li>Nobody is on this list</li>".repeat(70)}`;
    const next = async (request: IncomingMessage, response: ServerResponse) => {
      response.writeHead(200, { "content-type": "text/html" }).end(page(request.url ?? ""));
    };
    const read = (url: string) => {
      const asking = { network: "reader", arrivedAt: performance.now(), connection: new EventEmitter() };
      return documentOf(next, { ...KINDS.document, url, line: "search" }, asking);
    };
    cache.trust(true);
    const [before, counted] = [outside(), cache.bytes];
    for (let place = 0; place < COUNT; place++)
      expect((await read(`/en/letters/u/signatories?q=${place}`)).status).toBe(200);
    const held = outside() - before;
    expect(cache.bytes - counted).toBeGreaterThan(COUNT * page("").length);
    expect(held).toBeLessThanOrEqual(cache.bytes - counted);
  });
});
