import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin, type Context } from "@/lib/auth/context";
import { isConfirmed } from "@/lib/auth/rules";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";
import { confirmRecord } from "@/lib/retention/confirm-record";
import { slugOfRecord } from "@/lib/retention/queries";
import { findPerson } from "@/lib/retention/requests/data-request";
import { parseRecordMonths, readRecordTime } from "@/lib/retention/schemas";
import { setRecordMonths } from "@/lib/retention/set-record-months";
import { parseEmail } from "@/lib/signatures/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Finds a person, sets how long a letter's data is kept after it has closed, and confirms that it is deleted then. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/data");

  async function act(
    admin: Admin,
    id: string,
    done: string,
    verb: (context: Context, slug: string) => Promise<void>,
  ): Promise<FormOutcome> {
    const slug = await slugOfRecord(admin, id);
    if (!slug) throw new DomainError("not-found");
    await verb(byAdmin(admin, new Date()), slug);
    return { redirect: `${page}?done=${done}` };
  }

  return handleAdminForm(
    request,
    { locale, page, may: "data.manage" },
    {
      find: async (admin, values, { mfa }) => {
        const parsed = parseEmail(values);
        if (!parsed.ok) return { errors: parsed.errors };
        const now = new Date();
        const { email } = parsed.data;
        const request = await findPerson({ admin, confirmed: isConfirmed(mfa, now), now, email });
        if (!request) return { errors: { email: ["unsigned"] } };
        return { redirect: localePath(locale, `/admin/data/${request}`) };
      },
      months: {
        each: async (id, admin, values) => {
          const parsed = parseRecordMonths(values);
          if (!parsed.ok) return { errors: parsed.errors };
          const set = (context: Context, slug: string) =>
            setRecordMonths(context, slug, parsed.data.recordMonths);
          return act(admin, id, "months", set);
        },
      },
      confirm: {
        each: async (id, admin, values, { mfa }) => {
          const time = readRecordTime(values);
          if (!time) throw new DomainError("invalid");
          return act(admin, id, "confirmed", (context, slug) =>
            confirmRecord(context, slug, { time, confirmed: isConfirmed(mfa, context.now) }),
          );
        },
      },
      cancel: {
        each: async (id, admin) =>
          act(admin, id, "cancelled", (context, slug) =>
            confirmRecord(context, slug, { time: null, confirmed: false }),
          ),
      },
    },
  );
}
