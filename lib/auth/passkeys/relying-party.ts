import { env } from "@/lib/env";

/** The signatures that are understood: Ed25519, ECDSA and RSA, each with SHA-256 (COSE's numbers). */
export const ALGORITHMS = [-8, -7, -257];

/** What browsers bind a passkey to: this site's host, and the origin that its ceremonies come from. */
export function relyingParty(): { id: string; origin: string } {
  const { hostname, origin } = new URL(env().publicUrl);
  return { id: hostname, origin };
}
