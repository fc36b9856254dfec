import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";

/** The address of the page where conditions are chosen. */
export function choosePath(locale: string): string {
  return localePath(locale, "/admin/bulk");
}

/** The same, beginning with what a signature has in common with others. */
export function alikePath(locale: string, signatureId: string, by: "network" | "domain"): string {
  return localePath(locale, `/admin/bulk?${new URLSearchParams({ like: publicId(signatureId), by })}`);
}

/** The same, beginning with the conditions of a draft, or with these at the mail domains that most of it comes from. */
export function againPath(locale: string, draft: string, at?: "domains"): string {
  return localePath(
    locale,
    `/admin/bulk?${new URLSearchParams({ draft: publicId(draft), ...(at && { at }) })}`,
  );
}

/** The address of one bulk act, also while it is a draft. */
export function actPath(locale: string, id: string): string {
  return localePath(locale, `/admin/bulk/${publicId(id)}`);
}
