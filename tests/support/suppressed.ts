import type { Tx } from "@/lib/db/client";
import { type Reported, spellingOf, suppress } from "@/lib/mail/suppress-address";

/** Suppresses the address of a signature, as its mail provider's report would. */
export async function suppressSignature(tx: Tx, signatureId: string, reason: Reported, at: Date) {
  await suppress(tx, (await spellingOf(tx, signatureId)) ?? "", reason, at);
}
