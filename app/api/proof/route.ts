import { createProofOfWorkChallenge } from "@/lib/abuse/proof-of-work/challenge";

/**
 * A challenge for the browser of somebody who signs. Says nothing about anybody, keeps nothing, and is made in a
 * millisecond or two: no limit, or those behind one address would use up each other's.
 */
export async function GET(): Promise<Response> {
  return Response.json(await createProofOfWorkChallenge(new Date()));
}
