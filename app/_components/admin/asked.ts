import { NOTICES, type Noted } from "@/app/_components/admin/paths";
import { readTimedId } from "@/app/_components/admin/places";
import { readPublicId } from "@/lib/http/public-ids";
import type { View } from "@/lib/moderation/filters/rules";
import { readFilters } from "@/lib/moderation/filters/schemas";

/** The parameters of the moderators' pages as they arrive. */
export type AdminSearch = Record<string, string | string[] | undefined>;

/**
 * Reads the parameters of the moderators' pages; what is not understood counts as absent.
 * @param usual the lists that are shown where none is asked for
 */
export function readAdminSearch(search: AdminSearch | URLSearchParams, usual: View[]) {
  const asked = search instanceof URLSearchParams ? search : new URLSearchParams(pairs(search));
  const letter = asked.get("letter");
  const known = NOTICES.find((code) => code === asked.get("notice"));
  const was = asked.get("was");
  const noted: Noted | undefined = known && { notice: known, was: was ? readPublicId(was) : undefined };
  const read = readFilters(asked, letter ? readPublicId(letter) : null, usual);
  return { ...read, after: readTimedId(asked.get("after")), noted };
}

const pairs = (search: AdminSearch): [string, string][] =>
  Object.entries(search).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
