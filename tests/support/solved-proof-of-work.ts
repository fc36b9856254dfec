import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { createProofOfWorkChallenge } from "@/lib/abuse/proof-of-work/challenge";

/** A proof of work as a browser sends it. @param at when its challenge was made */
export async function solvedProofOfWork(at = new Date()): Promise<string> {
  const challenge = await createProofOfWorkChallenge(at);
  const solution = await solveChallenge({ challenge, deriveKey });
  return Buffer.from(JSON.stringify({ challenge, solution })).toString("base64");
}
