import type { ChainHead } from "@/lib/audit/queries";

/** 192 bits are enough to know a hash again, and short enough that the log does not take them for a secret. */
const NOTED = 32;

const noted = (hash: string) => hash.split(".").at(-1)?.slice(0, NOTED) ?? "";

/** A head as it is noted outside the database: `NUMBER:HASH`. */
export function headText({ number, hash }: ChainHead): string {
  return `${number}:${noted(hash)}`;
}

/** Reads a noted head; null for any other text. */
export function readHead(text: string): ChainHead | null {
  const [, number, hash] = /^(\d{1,18}):([\w-]{32})$/.exec(text) ?? [];
  return number && hash ? { number: BigInt(number), hash } : null;
}

/** Whether two heads, in full or as noted, are the same. */
export function sameHead(one: ChainHead, other: ChainHead): boolean {
  return headText(one) === headText(other);
}
