import { isId } from "@/app/_components/admin/asked";
import type { Admin } from "@/lib/auth/admin";
import { alike } from "@/lib/bulk/alike";
import { writeNetworkCode } from "@/lib/bulk/condition-fields";
import { formValuesOf } from "@/lib/bulk/form-values";
import type { LetterChoice } from "@/lib/bulk/queries";
import { boxName } from "@/lib/bulk/schemas";
import { openConditions } from "@/lib/bulk/sealed-conditions";
import type { FormValues } from "@/lib/http/request-context";

/** The parameters of the page where conditions are chosen, as they arrive. */
export type BulkSearch = { conditions?: unknown; like?: unknown; by?: unknown };

/**
 * What the form of conditions holds at first: conditions to be changed, what a signature has in common with others, or
 * what is mostly meant.
 */
export async function firstValues(
  admin: Admin,
  letters: LetterChoice[],
  { conditions, like, by }: BulkSearch,
): Promise<FormValues> {
  const given = typeof conditions === "string" ? openConditions(conditions) : null;
  if (given) return formValuesOf(given);
  const usual = {
    letter: letters.length === 1 ? (letters[0]?.id ?? "") : "",
    [boxName("state", "PENDING")]: "on",
    [boxName("state", "VERIFIED")]: "on",
  };
  const common = isId(like) ? await alike(admin, like) : null;
  if (!common) return usual;
  const { letterId: letter, network, domain } = common;
  if (by === "network" && network) return { ...usual, letter, networks: writeNetworkCode(network.code) };
  return by === "domain" ? { ...usual, letter, domains: domain.domain } : usual;
}
