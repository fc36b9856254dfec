import { currentSession } from "@/lib/auth/current-admin";
import { can } from "@/lib/auth/permissions";
import { isConfirmed } from "@/lib/auth/rules";
import { DomainError } from "@/lib/errors";
import { readPublicId } from "@/lib/http/public-ids";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { exportPerson } from "@/lib/retention/requests/data-request";

type Params = { params: Promise<{ locale: string; request: string }> };

/** What is stored of a person, or of one of their signatures, for the owner who looked for it. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { locale, request: name } = await params;
  const session = await currentSession();
  if (!session?.admin) return new Response(null, { status: 401 });
  const { admin, mfa } = session;
  if (!can(admin.role, "data.manage")) return new Response(null, { status: 403 });
  const now = new Date();
  const one = new URL(request.url).searchParams.get("signature");
  const asked = { admin, confirmed: isConfirmed(mfa, now), now, request: name };
  try {
    const file = await exportPerson(
      { ...asked, ...(one !== null && { only: readPublicId(one) }) },
      isLocale(locale) ? locale : DEFAULT_LOCALE,
    );
    if (one !== null && file.signatures.length === 0) return new Response(null, { status: 404 });
    return new Response(`${JSON.stringify(file, null, 2)}\n`, {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": 'attachment; filename="personal-data.json"',
      },
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return new Response(null, { status: error.code === "stale" ? 404 : 403 });
  }
}
