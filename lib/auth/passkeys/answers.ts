import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import * as z from "zod/mini";
import { DomainError } from "@/lib/errors";

const part = z.string().check(z.minLength(1), z.maxLength(20_000), z.regex(/^[\w-]*$/));

const registration = z.object({
  id: part,
  rawId: part,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: part,
    attestationObject: part,
    transports: z.optional(
      z.array(z.string().check(z.maxLength(20), z.regex(/^[a-z-]+$/))).check(z.maxLength(10)),
    ),
  }),
});

const authentication = z.object({
  id: part,
  rawId: part,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: part,
    authenticatorData: part,
    signature: part,
    userHandle: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
  }),
});

/** Reads the browser's answer to `offerPasskey`. @throws DomainError `invalid` */
export function readRegistration(text: string): RegistrationResponseJSON {
  return { ...read(registration, text), clientExtensionResults: {} } as RegistrationResponseJSON;
}

/** Reads the browser's answer to `askForPasskey`. @throws DomainError `invalid` */
export function readAuthentication(text: string): AuthenticationResponseJSON {
  return { ...read(authentication, text), clientExtensionResults: {} } as AuthenticationResponseJSON;
}

function read<T>(schema: z.ZodMiniType<T>, text: string): T {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new DomainError("invalid");
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
