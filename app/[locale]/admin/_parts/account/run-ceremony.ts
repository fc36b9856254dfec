import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { askServer, type ServerAnswer } from "@/app/_forms/ask-server";

/** The two steps of a ceremony: what the server is asked for first, and what is posted at the end. */
export const STEPS = {
  add: { begin: "offerPasskey", end: "addPasskey" },
  verify: { begin: "askPasskey", end: "verifyPasskey" },
} as const;

export type Ceremony = keyof typeof STEPS;

/** Has a passkey made or proved by the browser. @returns where to go on, or what went wrong */
export async function runCeremony(
  ceremony: Ceremony,
  action: string,
  values: Record<string, string>,
): Promise<ServerAnswer> {
  const { begin, end } = STEPS[ceremony];
  const begun = await askServer(action, { ...values, form: begin });
  if (!("answer" in begun)) return begun;
  try {
    const optionsJSON = begun.answer as never;
    const made =
      ceremony === "add"
        ? await startRegistration({ optionsJSON })
        : await startAuthentication({ optionsJSON });
    return await askServer(action, { ...values, form: end, answer: JSON.stringify(made) });
  } catch (error) {
    return { errors: { "": [reasonOf(error)] } };
  }
}

const REASONS: Record<string, string> = {
  NotAllowedError: "passkeyCancelled",
  AbortError: "passkeyCancelled",
  InvalidStateError: "passkeyKnown",
};

/** A code for the sentence that says why the browser made or proved nothing. */
function reasonOf(error: unknown): string {
  if (!("credentials" in navigator)) return "passkeyUnsupported";
  return REASONS[(error as Error).name] ?? "passkeyFailed";
}
