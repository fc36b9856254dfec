import type { Conditions } from "@/lib/bulk/schemas";
import { VaultError } from "@/lib/errors";
import { deploymentKey } from "@/lib/vault/keys";
import { open, seal } from "@/lib/vault/seal";

const CONTEXT = "bulk.conditions";

/**
 * Seals conditions for an address of ours and for the act: what was looked for may name somebody, and addresses are
 * kept in histories and logs.
 */
export function sealConditions(conditions: Conditions): string {
  return seal(deploymentKey(), CONTEXT, JSON.stringify(conditions));
}

/** Opens sealed conditions; null for a text that this deployment did not seal. */
export function openConditions(sealed: string): Conditions | null {
  try {
    return JSON.parse(open(deploymentKey(), CONTEXT, sealed));
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
