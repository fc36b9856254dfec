import { readAdminSearch } from "@/app/_components/admin/asked";
import { listPath, type NoticeCode, signaturePath } from "@/app/_components/admin/paths";
import type { FormOutcome } from "@/app/_forms/form-acts";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import {
  allow,
  approve,
  correct,
  type FormVerb,
  mark,
  moderateByForm,
  reject,
  release,
} from "@/app/[locale]/admin/signatures/[id]/submit/moderate-by-form";
import type { Admin } from "@/lib/auth/admin";
import { readPublicId } from "@/lib/http/public-ids";
import type { FormValues } from "@/lib/http/request-context";
import { isWaitingView, type ListView, nextWaiting } from "@/lib/moderation/queries";

type Params = { params: Promise<{ locale: string; id: string }> };

/** Decides about a signature. After a decision the next one that waits is shown. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, id: name } = await params;
  const id = readPublicId(name);
  const { state } = readAdminSearch(Object.fromEntries(new URL(request.url).searchParams));
  const decide = (verb: FormVerb, admin: Admin, values: FormValues) =>
    decideBy(verb, admin, values, { locale, id, state });
  return handleAdminForm(
    request,
    { locale, page: signaturePath(locale, id, state), may: "signature.moderate" },
    {
      approve: (admin, values) => decide(approve, admin, values),
      markExpert: (admin, values) => decide(mark(true), admin, values),
      unmarkExpert: (admin, values) => decide(mark(false), admin, values),
      release: (admin, values) => decide(release, admin, values),
      "allow-mail": (admin, values) => decide(allow, admin, values),
      correct: (admin, values) => decide(correct, admin, values),
      reject: (admin, values) => decide(reject, admin, values),
    },
  );
}

type Place = { locale: string; id: string; state?: ListView };

async function decideBy(
  verb: FormVerb,
  admin: Admin,
  values: FormValues,
  place: Place,
): Promise<FormOutcome> {
  const done = await moderateByForm({ admin, signatureId: place.id, now: new Date() }, values, verb);
  if (typeof done !== "string") return { errors: done };
  return { redirect: await following(admin, place, done) };
}

/** Where to go on: to the next that waits, for those who work through the queue; else where they are. */
async function following(admin: Admin, { locale, id, state }: Place, notice: NoticeCode): Promise<string> {
  const decided = notice === "approved" || notice === "rejected" || notice === "released";
  if (!decided || !isWaitingView(state))
    return signaturePath(locale, id, decided ? undefined : state, { notice });
  const next = await nextWaiting(admin, id, state);
  const noted = { notice, was: id };
  return next ? signaturePath(locale, next, state, noted) : listPath(locale, state, { noted });
}
