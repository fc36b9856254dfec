import { localePath } from "@/lib/i18n/locales";

/** The address of the page where conditions are chosen. @param sealed conditions to begin with */
export function choosePath(locale: string, sealed?: string): string {
  return localePath(locale, `/admin/bulk${withConditions(sealed)}`);
}

/** The same, beginning with what a signature has in common with others. */
export function alikePath(locale: string, signatureId: string, by: "network" | "domain"): string {
  return localePath(locale, `/admin/bulk?${new URLSearchParams({ like: signatureId, by })}`);
}

/** The address of the preview. @param sealed its conditions */
export function previewPath(locale: string, sealed: string): string {
  return localePath(locale, `/admin/bulk/preview${withConditions(sealed)}`);
}

/** The address of one bulk act. */
export function actPath(locale: string, id: string): string {
  return localePath(locale, `/admin/bulk/${id}`);
}

const withConditions = (sealed?: string) => (sealed ? `?${new URLSearchParams({ conditions: sealed })}` : "");
