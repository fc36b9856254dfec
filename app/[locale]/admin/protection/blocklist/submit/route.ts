import type { FormOutcome } from "@/app/_forms/form-actions";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import type { Admin } from "@/lib/auth/admin";
import type { FormValues } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import { encryptAsked, patternHash } from "@/lib/moderation/blocklist/encrypted-rule";
import { isGrave, previewBlock } from "@/lib/moderation/blocklist/preview-block";
import { removeBlock } from "@/lib/moderation/blocklist/remove-block";
import { isWideNetwork } from "@/lib/moderation/blocklist/rules";
import { parseBlock } from "@/lib/moderation/blocklist/schemas";

type Params = { params: Promise<{ locale: string }> };

/** Adds a rule to the blocklist, once it is confirmed where it puts somebody on hold; or takes one off it. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale } = await params;
  const page = localePath(locale, "/admin/protection/blocklist");
  return handleAdminForm(
    request,
    { locale, page, may: "blocklist.edit" },
    {
      "add-block": (admin, values) => add(admin, values, page),
      remove: { each: (id, admin) => remove(admin, id, page) },
    },
  );
}

async function add(admin: Admin, values: FormValues, page: string): Promise<FormOutcome> {
  const parsed = parseBlock(values);
  if (!parsed.ok) return { errors: parsed.errors };
  const block = parsed.data;
  // Confirmed is what the page has shown, and nothing that was typed over it since.
  const confirmed = values.confirmed === patternHash(block);
  if (!confirmed && isGrave(await previewBlock(admin, block)))
    return { redirect: `${page}?rule=${encodeURIComponent(encryptAsked(block))}#add` };
  const id = await addBlock({ admin, block, now: new Date() });
  if (!id) return { errors: { pattern: ["taken"] } };
  return { redirect: `${page}?done=${isWideNetwork(block) ? "addedWide" : "added"}` };
}

async function remove(admin: Admin, id: string, page: string): Promise<FormOutcome> {
  await removeBlock({ admin, id, now: new Date() });
  return { redirect: `${page}?done=removed` };
}
