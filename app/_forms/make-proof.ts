/** What a form sends where the browser cannot do the work: no secure context, no workers, no answer. */
export const NO_PROOF = "none";

const TIMEOUT_MS = 30_000;
// A challenge lives for 20 minutes; somebody may read on for a while before sending.
const FRESH_MS = 15 * 60_000;

let made: { proof: Promise<string>; at: number } | undefined;

/** Begins the work (ALTCHA), unless a proof is ready or under way: some seconds in threads of their own. */
export function beginProof(): Promise<string> {
  if (!made || Date.now() - made.at > FRESH_MS)
    made = { proof: work().catch(() => NO_PROOF), at: Date.now() };
  return made.proof;
}

/** Forgets a proof that has been sent: each is good once. */
export function spendProof(): void {
  made = undefined;
}

async function work(): Promise<string> {
  const answer = await fetch("/api/proof", { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) return NO_PROOF;
  const challenge = await answer.json();
  const { solveChallengeWorkers } = await import("altcha-lib");
  const solution = await solveChallengeWorkers({
    challenge,
    concurrency: Math.min(4, navigator.hardwareConcurrency || 1),
    createWorker: () => new Worker(new URL("./proof-worker.ts", import.meta.url), { type: "module" }),
    timeout: TIMEOUT_MS,
  });
  return solution ? btoa(JSON.stringify({ challenge, solution })) : NO_PROOF;
}
