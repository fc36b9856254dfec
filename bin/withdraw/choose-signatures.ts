import { createInterface } from "node:readline/promises";
import type { HeldSignature } from "@/lib/signatures/held-by";

const STATES: Record<HeldSignature["state"], string> = {
  PENDING: "not confirmed yet",
  VERIFIED: "waiting for a decision",
  APPROVED: "approved",
  REJECTED: "rejected",
  WITHDRAWN: "withdrawn",
  EXPIRED: "expired",
};

/** One line for each signature, numbered from 1. */
export function listText(held: HeldSignature[]): string {
  const line = ({ name, kind, letter, state, visibility, submittedAt, id }: HeldSignature, place: number) =>
    `  ${place + 1}. ${name} (${kind.toLowerCase()}), “${letter}”\n` +
    `     ${STATES[state]}, ${visibility === "PUBLIC" ? "name shown" : "name not shown"}, ` +
    `signed on ${submittedAt.toISOString().slice(0, 10)}, id ${id}\n`;
  return held.map(line).join("");
}

/** Asks which ones. @returns their ids; null where the answer makes no sense */
export async function askWhich(held: HeldSignature[]): Promise<string[] | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // An input that ends without an answer chooses none.
  const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const question =
    "Which ones? Enter numbers with commas between them, or “all”. Press Enter to change nothing: ";
  const answer = await Promise.race([terminal.question(question), ended]);
  terminal.close();
  return chosen(answer, held);
}

/** Reads an answer such as `1, 3` or `all`. @returns ids; null for anything else */
export function chosen(answer: string, held: { id: string }[]): string[] | null {
  const text = answer.trim().toLowerCase();
  if (text === "all") return held.map(({ id }) => id);
  const parts = text.split(/[\s,]+/).filter(Boolean);
  const ids = parts.map((part) => (/^\d+$/.test(part) ? held[Number(part) - 1]?.id : undefined));
  return ids.every((id) => id !== undefined) ? [...new Set(ids)] : null;
}
