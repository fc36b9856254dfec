import { readyProof, takeProof } from "@/app/_forms/make-proof";
import { postForm } from "@/app/_forms/post-form";
import type { FieldErrors } from "@/lib/http/request-context";

/**
 * Sends a signing form. Where a proof of work is wanted, the browser makes it and nobody has to do anything: either the
 * page knew, or the server asks back. An empty field `proof` says that this browser can be asked. Where none is wanted,
 * nobody waits for it.
 * @param wanted whether the page was told that a proof is wanted
 * @param onWork is told while the browser is at it
 */
export async function sendWithProof(
  action: string,
  data: FormData,
  wanted: boolean,
  onWork: (working: boolean) => void,
): Promise<FieldErrors | null> {
  data.set("proof", wanted ? await prove(onWork) : await readyProof());
  const errors = await postForm(action, data);
  if (!errors?.[""]?.includes("unproven")) return errors;
  data.set("proof", await prove(onWork));
  return postForm(action, data);
}

async function prove(onWork: (working: boolean) => void): Promise<string> {
  onWork(true);
  const proof = await takeProof();
  onWork(false);
  return proof;
}
