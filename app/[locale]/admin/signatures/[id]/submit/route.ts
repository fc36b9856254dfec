import { isId, readAdminSearch } from "@/app/_components/admin/asked";
import { listPath, type NoticeCode, signaturePath } from "@/app/_components/admin/paths";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { moderateByForm } from "@/app/[locale]/admin/signatures/[id]/submit/moderate-by-form";
import type { Admin } from "@/lib/auth/admin";
import { DomainError } from "@/lib/errors";
import { isWaitingView, type ListView, nextWaiting } from "@/lib/moderation/queries";

type Params = { params: Promise<{ locale: string; id: string }> };

/** Decides about a signature. After a decision the next one that waits is shown. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, id } = await params;
  const { state } = readAdminSearch(Object.fromEntries(new URL(request.url).searchParams));
  const place = { locale, id, state };
  return handleAdminForm(
    request,
    { locale, page: signaturePath(locale, id, state), may: "signature.moderate" },
    async (admin, values) => {
      if (!isId(id)) throw new DomainError("not-found");
      const done = await moderateByForm({ admin, signatureId: id, now: new Date() }, values);
      if (typeof done !== "string") return { errors: done };
      return { redirect: await following(admin, place, done) };
    },
  );
}

type Place = { locale: string; id: string; state?: ListView };

/** Where to go on: to the next that waits, for those who work through the queue; else where they are. */
async function following(admin: Admin, { locale, id, state }: Place, notice: NoticeCode): Promise<string> {
  const decided = notice === "approved" || notice === "rejected" || notice === "released";
  if (!decided || !isWaitingView(state))
    return signaturePath(locale, id, decided ? undefined : state, { notice });
  const next = await nextWaiting(admin, id, state);
  const noted = { notice, was: id };
  return next ? signaturePath(locale, next, state, noted) : listPath(locale, state, { noted });
}
