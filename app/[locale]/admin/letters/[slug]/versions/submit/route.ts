import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { refusalOf } from "@/app/[locale]/admin/letters/refusal-of";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import { isConfirmed } from "@/lib/auth/rules";
import type { Session } from "@/lib/auth/sessions";
import { DomainError } from "@/lib/errors";
import type { FormValues } from "@/lib/http/request-context";
import {
  AnswerDateError,
  IncompleteError,
  publishVersion,
  SiteIncompleteError,
} from "@/lib/letters/publish-version";
import { parsePublishing } from "@/lib/letters/schemas";
import { readSite } from "@/lib/site/cached";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** Publishes what was written. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const page = organiserPath(locale, slug, "versions");
  return handleAdminForm(
    request,
    { locale, page, may: "letter.edit" },
    {
      "publish-version": (admin, values, session) => publish(admin, values, session, { locale, slug, page }),
    },
  );
}

const SAID_BY_FORM = [IncompleteError, SiteIncompleteError, AnswerDateError];

type Place = { locale: string; slug: string; page: string };

async function publish(
  admin: Admin,
  values: FormValues,
  { mfa }: Session,
  { locale, slug, page }: Place,
): Promise<FormOutcome> {
  const parsed = parsePublishing(values, (await readSite()).timeZone);
  if (!parsed.ok) return { errors: parsed.errors };
  const { reason, opensAt, answerBy } = parsed.data;
  // The form of a change asks why; that of a letter which nobody has read, when.
  if ("reason" in values && !reason) return { errors: { reason: ["required"] } };
  if ("answerBy" in values && !answerBy) return { errors: { answerBy: ["required"] } };
  const now = new Date();
  let number: number;
  try {
    const confirmed = isConfirmed(mfa, now);
    const drafts = values.drafts ?? "";
    number = await publishVersion(byAdmin(admin, now), slug, {
      reason,
      opensAt,
      answerBy,
      confirmed,
      drafts,
    });
  } catch (error) {
    if (SAID_BY_FORM.some((kind) => error instanceof kind)) return refusalOf(error);
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "conflict") return { errors: { "": ["draftsChanged"] }, status: 409 };
    if (error.code === "invalid") return { errors: { opensAt: ["afterClosing"] } };
    return refusalOf(error);
  }
  if (opensAt && opensAt > now) return { redirect: `${page}?done=scheduled` };
  return { redirect: `${organiserPath(locale, slug)}?done=${number > 1 ? "changed" : "published"}` };
}
