import { readyProofOfWork, takeProofOfWork } from "@/app/_forms/make-proof-of-work";
import { postForm } from "@/app/_forms/post-form";
import type { FieldErrors } from "@/lib/http/request-context";

/**
 * Sends a signing form. Where a proof of work is wanted, the browser makes it and nobody has to do anything: either the
 * page knew, or the server asks back. An empty field `proof` says that this browser can be asked. Where none is wanted,
 * nobody waits for it.
 */
export async function sendWithProofOfWork(
  action: string,
  data: FormData,
  wanted: boolean,
  onWork: (working: boolean) => void,
): Promise<FieldErrors | null> {
  data.set("proofOfWork", wanted ? await prove(onWork) : await readyProofOfWork());
  const errors = await postForm(action, data);
  if (!errors?.[""]?.includes("unchecked")) return errors;
  data.set("proofOfWork", await prove(onWork));
  return postForm(action, data);
}

async function prove(onWork: (working: boolean) => void): Promise<string> {
  onWork(true);
  const proofOfWork = await takeProofOfWork();
  onWork(false);
  return proofOfWork;
}
