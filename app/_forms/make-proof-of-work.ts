/** What a form sends where the browser cannot do the work: no secure context, no workers, no answer. */
const NO_PROOF_OF_WORK = "none";

const TIMEOUT_MS = 30_000;
// A challenge lives for 20 minutes; somebody may read on for a while before sending.
const FRESH_MS = 15 * 60_000;
/** For how long what fails is tried again while somebody waits, and the pause between. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 1_000;

let made: { proofOfWork: Promise<string>; at: number } | undefined;

/** Begins the work (ALTCHA), unless a proof is ready or under way: some seconds in threads of their own. */
export function beginProofOfWork(): Promise<string> {
  if (!made || Date.now() - made.at > FRESH_MS) {
    const attempt = { proofOfWork: work().catch(() => NO_PROOF_OF_WORK), at: Date.now() };
    made = attempt;
    // One that failed is kept for nobody: the next time another is made.
    void attempt.proofOfWork.then((proofOfWork) => {
      if (proofOfWork === NO_PROOF_OF_WORK && made === attempt) made = undefined;
    });
  }
  return made.proofOfWork;
}

/** The proof that is ready now, which is good once; nothing where there is none. */
export async function readyProofOfWork(): Promise<string> {
  const proofOfWork = made ? await Promise.race([made.proofOfWork, Promise.resolve("")]) : "";
  if (!proofOfWork || proofOfWork === NO_PROOF_OF_WORK) return "";
  made = undefined;
  return proofOfWork;
}

/** A proof to be sent, which is good once. What failed before is tried again. */
export async function takeProofOfWork(): Promise<string> {
  const end = Date.now() + PATIENCE_MS;
  let proofOfWork = await beginProofOfWork();
  while (proofOfWork === NO_PROOF_OF_WORK && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    proofOfWork = await beginProofOfWork();
  }
  made = undefined;
  return proofOfWork;
}

async function work(): Promise<string> {
  const answer = await fetch("/api/proof", { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) return NO_PROOF_OF_WORK;
  const challenge = await answer.json();
  const { solveChallengeWorkers } = await import("altcha-lib");
  const solution = await solveChallengeWorkers({
    challenge,
    concurrency: Math.min(4, navigator.hardwareConcurrency || 1),
    createWorker: () => new Worker(new URL("./proof-of-work-worker.ts", import.meta.url), { type: "module" }),
    timeout: TIMEOUT_MS,
  });
  return solution ? btoa(JSON.stringify({ challenge, solution })) : NO_PROOF_OF_WORK;
}
