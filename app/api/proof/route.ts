import { clientNetwork } from "@/lib/http/request-context";
import { createProofChallenge } from "@/lib/proof/challenge";
import { LIMITS } from "@/lib/rate-limit/limits";
import { networkExceeds } from "@/lib/rate-limit/network-limits";

/** A challenge for the browser of somebody who signs. Says nothing about anybody. */
export async function GET(): Promise<Response> {
  if (await networkExceeds(LIMITS.proofsOfNetwork, clientNetwork()))
    return new Response(null, {
      status: 429,
      headers: { "retry-after": String(LIMITS.proofsOfNetwork.seconds) },
    });
  return Response.json(await createProofChallenge(new Date()));
}
