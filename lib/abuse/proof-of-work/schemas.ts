import { z } from "zod";

// Longer than any challenge of ours with its solution.
const LONGEST = 4_096;

const hex = z.string().regex(/^[0-9a-f]+$/);

const PAYLOAD = z.object({
  challenge: z.object({
    parameters: z.strictObject({
      algorithm: z.string(),
      cost: z.number(),
      expiresAt: z.number(),
      keyLength: z.number(),
      keyPrefix: hex,
      keySignature: hex,
      nonce: hex,
      salt: hex,
    }),
    signature: hex,
  }),
  solution: z.object({ counter: z.number().int(), derivedKey: hex }),
});

/** A proof of work: the challenge as it was signed, and its solution. */
type ProofOfWork = z.output<typeof PAYLOAD>;

/** Reads a proof as ALTCHA writes it into a form: base64 of JSON. Null for anything else. */
export function parseProofOfWork(text: string): ProofOfWork | null {
  if (text.length > LONGEST) return null;
  try {
    return PAYLOAD.parse(JSON.parse(Buffer.from(text, "base64").toString("utf8")));
  } catch {
    return null;
  }
}
