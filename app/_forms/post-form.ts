import type { FieldErrors } from "@/lib/http/request-context";

const TIMEOUT_MS = 20_000;
/** A picture over a slow line. */
export const FILE_TIMEOUT_MS = 60_000;

/**
 * Sends a form and goes on where the answer says.
 * @returns error codes by field name, or null when the browser is on its way to the next page
 */
export async function postForm(
  action: string,
  data: FormData,
  timeout = TIMEOUT_MS,
): Promise<FieldErrors | null> {
  try {
    const signal = AbortSignal.timeout(timeout);
    const answer = await fetch(action, {
      method: "POST",
      body: data,
      headers: { accept: "application/json" },
      signal,
    });
    return await understand(answer);
  } catch {
    return { "": ["network"] };
  }
}

async function understand(answer: Response): Promise<FieldErrors | null> {
  if (answer.status === 413) return { "": ["tooLarge"] };
  const body: { redirect?: string; errors?: FieldErrors } = await answer.json().catch(() => ({}));
  if (body.errors) return body.errors;
  // What is refused will be refused again: only a failure of the server's may pass.
  if (!answer.ok || !body.redirect) return { "": [answer.status < 500 ? "stale" : "server"] };
  window.location.assign(body.redirect);
  return null;
}
