import type { FormOutcome } from "@/app/_forms/form-acts";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import { addBlock } from "@/lib/blocking/add-block";
import { removeBlock } from "@/lib/blocking/remove-block";
import { parseBlock } from "@/lib/blocking/schemas";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";

type Params = { params: Promise<{ locale: string }> };

/** Adds a rule to the block list, or takes one off it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/blocks");
  return handleAdminForm(
    request,
    { locale, page, may: "lists.edit" },
    {
      "add-block": (admin, values) => add(admin, values, page),
      remove: { each: (id, admin) => remove(admin, id, page) },
    },
  );
}

async function add(admin: Admin, values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseBlock(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const id = await addBlock({ admin, block: parsed.block, now: new Date() });
  return id ? { redirect: `${page}?done=added` } : { errors: { pattern: ["taken"] } };
}

async function remove(admin: Admin, id: string, page: string): Promise<FormOutcome> {
  await removeBlock({ admin, id, now: new Date() });
  return { redirect: `${page}?done=removed` };
}
