import type { Conditions } from "@/lib/bulk/schemas";
import { VaultError } from "@/lib/errors";
import { deploymentKey } from "@/lib/vault/keys";
import { open, seal } from "@/lib/vault/seal";

const CONTEXT = "bulk.conditions";

/** The conditions of an act as they are kept. */
export type KeptConditions = Conditions & {
  /** How many networks were among them that are no longer known. */
  forgottenNetworks?: number;
};

/** Seals the conditions of an act: what was looked for may name somebody. */
export function sealConditions(conditions: KeptConditions): string {
  return seal(deploymentKey(), CONTEXT, JSON.stringify(conditions));
}

/** Opens sealed conditions; null for a text that this deployment did not seal. */
export function openConditions(sealed: string): KeptConditions | null {
  try {
    return JSON.parse(open(deploymentKey(), CONTEXT, sealed));
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
