import { getTranslations } from "next-intl/server";
import type { FormOutcome } from "@/app/_forms/form-actions";
import { keepSession } from "@/app/[locale]/admin/keep-session";
import { addPasskey } from "@/lib/auth/passkeys/add-passkey";
import { readRegistration } from "@/lib/auth/passkeys/answers";
import { offerPasskey } from "@/lib/auth/passkeys/offer-passkey";
import { parsePasskeyName } from "@/lib/auth/passkeys/schemas";
import type { Session } from "@/lib/auth/sessions";
import type { FormValues } from "@/lib/http/request-context";

/** The first step of making a passkey: what the browser is to make. */
export async function offerByForm(
  session: Session,
  values: FormValues,
  locale: string,
): Promise<FormOutcome> {
  const parsed = parsePasskeyName(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const site = (await getTranslations({ locale, namespace: "site" }))("name");
  return { answer: await offerPasskey(session, site, new Date()) };
}

/** The second step: what the browser made of it. @param after the page to go on to */
export async function addByForm(session: Session, values: FormValues, after: string): Promise<FormOutcome> {
  const parsed = parsePasskeyName(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const answer = readRegistration(values.answer ?? "");
  await keepSession(
    session,
    await addPasskey({ session, answer, name: parsed.data.passkeyName, now: new Date() }),
  );
  return { redirect: after };
}
