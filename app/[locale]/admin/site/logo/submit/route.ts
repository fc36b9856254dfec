import type { FormOutcome } from "@/app/_forms/form-actions";
import { BROKEN_OFF, receiveFile } from "@/app/_forms/receive-file";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import { currentAdmin } from "@/lib/auth/current-admin";
import { type FormValues, requestContext } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { PictureError } from "@/lib/pictures/re-encode";
import { readSite } from "@/lib/site/cached";
import { SITE_LIMITS } from "@/lib/site/rules";
import { saveLogo } from "@/lib/site/save-logo";
import { parseLogo } from "@/lib/site/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Takes the organiser's picture, or other words for it. Of those who are not signed in no file is read. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const known = await currentAdmin();
  const { file, form } = known ? await receiveFile(request, "logo") : { file: null, form: request };
  const context = { ...requestContext.getStore(), arrivedAt: performance.now() };
  const page = localePath(locale, "/admin/site/logo");
  return requestContext.run(context, () =>
    handleAdminForm(
      form,
      { locale, page, may: "site.edit" },
      { logo: (admin, values) => save(admin, values, { file, locale }) },
    ),
  );
}

type Sent = { file: Uint8Array | null; locale: string };

async function save(admin: Admin, values: FormValues, { file, locale }: Sent): Promise<FormOutcome> {
  const problem = values.logo === BROKEN_OFF ? "brokenOff" : await problemOf(file);
  const parsed = parseLogo(values);
  if (problem || !parsed.ok)
    return { errors: { ...(problem ? { logo: [problem] } : {}), ...(parsed.ok ? {} : parsed.errors) } };
  try {
    await saveLogo(byAdmin(admin, new Date()), file, parsed.data.logoAlt);
  } catch (error) {
    if (error instanceof PictureError) return { errors: { logo: [error.problem] } };
    throw error;
  }
  return { redirect: localePath(locale, "/admin/site?done=saved") };
}

async function problemOf(file: Uint8Array | null): Promise<string | null> {
  if (file) return file.length > SITE_LIMITS.logoBytes ? "tooBig" : null;
  return (await readSite()).logo ? null : "required";
}
