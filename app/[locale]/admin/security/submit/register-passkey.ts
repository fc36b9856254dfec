import { getTranslations } from "next-intl/server";
import type { FormOutcome } from "@/app/_forms/handle-form";
import { keepSession } from "@/app/[locale]/admin/keep-session";
import { addPasskey } from "@/lib/auth/passkeys/add-passkey";
import { readRegistration } from "@/lib/auth/passkeys/answers";
import { offerPasskey } from "@/lib/auth/passkeys/offer-passkey";
import { parsePasskeyName } from "@/lib/auth/passkeys/schemas";
import type { Session } from "@/lib/auth/sessions";
import type { FormValues } from "@/lib/http/request-context";

type Where = { locale: string; now: Date; after: string };

/** The two steps of making a passkey: the offer, then what the browser made of it. @param where with the page to go on to */
export async function registerPasskey(
  session: Session,
  values: FormValues,
  { locale, now, after }: Where,
): Promise<FormOutcome> {
  const parsed = parsePasskeyName(values);
  if (!parsed.ok) return { errors: parsed.errors };
  if (values.form === "offerPasskey") {
    const site = (await getTranslations({ locale, namespace: "site" }))("name");
    return { answer: await offerPasskey(session, site, now) };
  }
  const answer = readRegistration(values.answer ?? "");
  await keepSession(session, await addPasskey({ session, answer, name: parsed.name, now }));
  return { redirect: after };
}
