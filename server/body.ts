import type { IncomingMessage } from "node:http";

/**
 * Reads a body whole before anybody looks at it, so that nothing is begun for a visitor whose connection breaks.
 * @param most bytes
 * @returns null for one that is larger, or that broke off
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > most) return null;
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch {
    return null;
  }
}
