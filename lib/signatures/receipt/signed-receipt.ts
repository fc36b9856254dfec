import { isSignedText, publicSigningKey, signText } from "@/lib/encryption/sign";
import type { Receipt } from "@/lib/signatures/receipt/receipt";

const PURPOSE = "consent-receipt";

/** A receipt with what shows that this site made it and that nobody has changed it. */
export type SignedReceipt = {
  receipt: Receipt;
  proof: { algorithm: "Ed25519"; canonical_form: "RFC 8785"; public_key: string; signature: string };
};

export function signReceipt(receipt: Receipt): SignedReceipt {
  const signature = signText(PURPOSE, canonical(receipt));
  const public_key = publicSigningKey(PURPOSE);
  return { receipt, proof: { algorithm: "Ed25519", canonical_form: "RFC 8785", public_key, signature } };
}

/** One receipt of a file: which, and whether this site made it just so. */
export type Verdict = { record: string; genuine: boolean };

/**
 * Checks a file of receipts. The public key in the file is not trusted: only what this deployment's own key signed is genuine.
 * @returns null for what is no such file
 */
export function verifyReceipts(text: string): Verdict[] | null {
  const { receipts } = (read(text) ?? {}) as { receipts?: unknown };
  if (!Array.isArray(receipts) || receipts.length === 0) return null;
  return receipts.map((one) => {
    const { receipt, proof } = Object(one);
    const { signature } = Object(proof);
    const genuine = typeof signature === "string" && isSignedText(PURPOSE, canonical(receipt), signature);
    return { record: String(Object(receipt).record_id ?? ""), genuine };
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** JSON without spaces, the names of each object in order: the same however a file was laid out (RFC 8785). */
function canonical(value: unknown): string {
  const ordered = (_: string, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part;
  return JSON.stringify(value, ordered) ?? "";
}
