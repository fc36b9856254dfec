import { clientNetwork } from "@/lib/http/request-context";
import { createProofChallenge } from "@/lib/proof/challenge";
import { exceeds } from "@/lib/rate-limit/limiter";
import { LIMITS } from "@/lib/rate-limit/limits";

/** A challenge for the browser of somebody who signs. Says nothing about anybody. */
export async function GET(): Promise<Response> {
  const network = clientNetwork();
  if (network && (await exceeds(LIMITS.proofsOfNetwork, network)))
    return new Response(null, {
      status: 429,
      headers: { "retry-after": String(LIMITS.proofsOfNetwork.seconds) },
    });
  return Response.json(await createProofChallenge(new Date()));
}
