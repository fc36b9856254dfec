import type { FieldErrors } from "@/lib/http/request-context";

const TIMEOUT_MS = 20_000;

/** What a form's address answers to a script: what was asked for, where to go on, or what to mend. */
export type ServerAnswer = { answer?: unknown; redirect?: string; errors?: FieldErrors };

/** Posts to a form's address and hands its answer over, for forms with more than one step. */
export async function askServer(action: string, values: Record<string, string>): Promise<ServerAnswer> {
  try {
    const answer = await fetch(action, {
      method: "POST",
      body: new URLSearchParams(values),
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: ServerAnswer = await answer.json().catch(() => ({}));
    return "answer" in body || body.redirect || body.errors ? body : { errors: { "": ["server"] } };
  } catch {
    return { errors: { "": ["network"] } };
  }
}
