/** What a form sends where the browser cannot do the work: no secure context, no workers, no answer. */
export const NO_PROOF = "none";

const TIMEOUT_MS = 30_000;
// A challenge lives for 20 minutes; somebody may read on for a while before sending.
const FRESH_MS = 15 * 60_000;
/** For how long what fails is tried again while somebody waits, and the pause between. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 1_000;

let made: { proof: Promise<string>; at: number } | undefined;

/** Begins the work (ALTCHA), unless a proof is ready or under way: some seconds in threads of their own. */
export function beginProof(): Promise<string> {
  if (!made || Date.now() - made.at > FRESH_MS) {
    const attempt = { proof: work().catch(() => NO_PROOF), at: Date.now() };
    made = attempt;
    // One that failed is kept for nobody: the next time another is made.
    void attempt.proof.then((proof) => {
      if (proof === NO_PROOF && made === attempt) made = undefined;
    });
  }
  return made.proof;
}

/** The proof that is ready now, which is good once; nothing where there is none. */
export async function readyProof(): Promise<string> {
  const proof = made ? await Promise.race([made.proof, Promise.resolve("")]) : "";
  if (!proof || proof === NO_PROOF) return "";
  made = undefined;
  return proof;
}

/** A proof to be sent, which is good once. What failed before is tried again. */
export async function takeProof(): Promise<string> {
  const end = Date.now() + PATIENCE_MS;
  let proof = await beginProof();
  while (proof === NO_PROOF && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    proof = await beginProof();
  }
  made = undefined;
  return proof;
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
