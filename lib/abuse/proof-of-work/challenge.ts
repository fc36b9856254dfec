import { type Challenge, createChallenge, randomInt, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { takeOnce } from "@/lib/abuse/limits/limiter";
import { PROOF_OF_WORK } from "@/lib/abuse/limits/limits";
import { parseProofOfWork } from "@/lib/abuse/proof-of-work/schemas";
import { derivedSecret } from "@/lib/encryption/hash";

const ALGORITHM = "PBKDF2/SHA-256";

/** Each challenge is taken once: the window is longer than it lives. */
const USE = { name: "proofOfWork", points: 1, seconds: PROOF_OF_WORK.seconds + 60 };

// The server knows the answer of each challenge and signs it too, so that checking one costs no work.
const secrets = () => ({
  hmacSignatureSecret: derivedSecret("proofOfWork"),
  hmacKeySignatureSecret: derivedSecret("proof-key"),
});

/** Makes a challenge (ALTCHA): some seconds of work for a browser, and of electricity for anyone who signs in bulk. */
export function createProofOfWorkChallenge(now: Date): Promise<Challenge> {
  const { least, most } = PROOF_OF_WORK.guesses;
  return createChallenge({
    algorithm: ALGORITHM,
    cost: PROOF_OF_WORK.cost,
    counter: randomInt(most, least),
    deriveKey,
    expiresAt: Math.floor(now.getTime() / 1_000) + PROOF_OF_WORK.seconds,
    ...secrets(),
  });
}

/**
 * Takes a proof of work in, once.
 * @param proof as the form sent it: base64 of JSON
 * @returns false for one that is malformed, expired, another deployment's, wrong, or was used before
 */
export async function acceptProofOfWork(proofOfWork: string): Promise<boolean> {
  const payload = parseProofOfWork(proofOfWork);
  if (!payload) return false;
  const { challenge, solution } = payload;
  const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secrets() });
  return verified && takeOnce(USE, challenge.signature);
}
