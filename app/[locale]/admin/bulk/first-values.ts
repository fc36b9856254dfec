import type { Admin } from "@/lib/auth/admin";
import { can } from "@/lib/auth/permissions";
import { alike } from "@/lib/bulk/alike";
import { writeNetworkCode } from "@/lib/bulk/condition-fields";
import { type Draft, readDraft } from "@/lib/bulk/draft";
import { formValuesOf } from "@/lib/bulk/form-values";
import type { LetterChoice } from "@/lib/bulk/letter-choices";
import { boxName, type Conditions } from "@/lib/bulk/schemas";
import { publicId, readPublicId } from "@/lib/http/public-ids";
import type { FormValues } from "@/lib/http/request-context";

/** The parameters of the page where conditions are chosen, as they arrive. */
export type BulkSearch = { draft?: unknown; at?: unknown; like?: unknown; by?: unknown };

/**
 * What the form of conditions holds at first: those of a draft, what a signature has in common with others, or what is
 * mostly meant.
 */
export async function firstValues(
  admin: Admin,
  letters: LetterChoice[],
  { draft, at, like, by }: BulkSearch,
): Promise<FormValues> {
  const again = draft && can(admin.role, "bulk.run") ? await readDraft(admin, readPublicId(draft)) : null;
  if (again) {
    const conditions = at === "domains" ? atItsDomains(again) : again.conditions;
    return { ...formValuesOf(conditions), letter: publicId(conditions.letterId) };
  }
  const usual = {
    letter: letters.length === 1 && letters[0] ? publicId(letters[0].id) : "",
    [boxName("state", "PENDING")]: "on",
    [boxName("state", "VERIFIED")]: "on",
  };
  const common = like ? await alike(admin, readPublicId(like)) : null;
  if (!common) return usual;
  const { letterId, network, domain } = common;
  const letter = publicId(letterId);
  if (by === "network" && network) return { ...usual, letter, networks: writeNetworkCode(network.code) };
  return by === "domain" ? { ...usual, letter, domains: domain.domain } : usual;
}

const atItsDomains = ({ conditions, origins }: Draft): Conditions => ({
  ...conditions,
  domains: origins.domains.map(({ domain }) => domain),
});
