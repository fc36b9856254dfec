import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleForm } from "@/app/_forms/handle-form";
import { likelyAddress } from "@/lib/fields/addresses/likely";
import { inConstantTime } from "@/lib/http/constant-time";
import { clientNetwork } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { absence, letterPage } from "@/lib/letters/cached";
import { parseSignature } from "@/lib/signatures/schemas";
import { NewerVersionError, signLetter } from "@/lib/signatures/sign-letter";
import { CrowdedError } from "@/lib/signatures/unchecked-room";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** Signs the letter. What follows is the same page for everybody, whatever the state of the address. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const as = new URL(request.url).searchParams.get("as") === "organisation" ? "organisation" : "individual";
  const page = localePath(locale, `/letters/${slug}/sign`);
  return handleForm(request, `${page}?as=${as}`, {
    sign: async (values) => {
      const letter = await letterPage(slug, locale);
      if (!letter && (await absence(slug)).is === "unpublished")
        return { errors: { "": ["not-found"] }, status: 410 };
      // Nobody agrees to what they have not seen: the box is empty again.
      if (letter && values.formMark && values.formMark !== letter.formMark)
        return { errors: { "": ["formChanged"] }, status: 409, values: { ...values, consent: "" } };
      const kind = as === "organisation" ? "ORGANISATION" : "INDIVIDUAL";
      const parsed = parseSignature(kind, values, letter?.signing, likelyAddress);
      if (!parsed.ok) return { errors: parsed.errors };
      const { proofOfWork } = values;
      const from = { network: clientNetwork(), proofOfWork, asksBack: proofOfWork === "" };
      const signing = {
        slug,
        locale,
        input: parsed.data,
        now: new Date(),
        ...from,
        version: readVersion(values.version),
        consentLine: letter?.words.consentLine?.text,
      };
      const refused = await inConstantTime(() => signLetter(signing).catch(whenRefused));
      return refused ?? { redirect: `${page}/check-your-mailbox` };
    },
  });
}

/** The number of the text that was shown; a program may leave it out. What is no number never was one. */
const readVersion = (text?: string) => (text ? Number(/^[1-9]\d{0,5}$/.exec(text) ?? 0) : undefined);

/** Says that the text is another one by now, or when there will be room; what was typed stays in the form. */
function whenRefused(error: unknown): FormOutcome {
  if (error instanceof NewerVersionError)
    return { errors: { "": [`newerVersion:${error.version}`] }, status: 409 };
  if (!(error instanceof CrowdedError)) throw error;
  const { hours } = error;
  const code = hours < 48 ? `crowdedHours:${hours}` : `crowdedDays:${Math.ceil(hours / 24)}`;
  return { errors: { "": [code] }, status: 429, retryAfterSeconds: hours * 3_600 };
}
