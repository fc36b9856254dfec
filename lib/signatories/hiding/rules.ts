import type { SignatoryKind } from "@/prisma/generated/enums";

/** Stands for all countries. */
export const ALL_COUNTRIES = "";

/**
 * How long after hiding ends names begin to come back: longer than any transaction that may still hide one by
 * the old rule, and longer than two clocks differ.
 */
export const SHOWN_AFTER_MS = 30_000;

/** Whether an organiser who hides these countries hides a name: those of organisations never. */
export function hides(hidden: readonly string[], of: { kind: SignatoryKind; country: string }): boolean {
  if (hidden.length === 0 || of.kind !== "INDIVIDUAL") return false;
  return hidden.includes(ALL_COUNTRIES) || hidden.includes(of.country);
}
