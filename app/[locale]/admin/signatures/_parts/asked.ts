import { NOTICES, type Noted } from "@/app/[locale]/admin/_parts/paths";
import { readTimedId } from "@/app/[locale]/admin/_parts/places";
import { readPublicId } from "@/lib/http/public-ids";
import { readHiddenQuery } from "@/lib/moderation/filters/hidden-query";
import type { View } from "@/lib/moderation/filters/rules";
import { readFilters } from "@/lib/moderation/filters/schemas";

/** The parameters of the moderators' pages as they arrive. */
export type AdminSearch = Record<string, string | string[] | undefined>;

/**
 * Reads the parameters of the moderators' pages. What is not understood counts as absent; of filters it is said.
 * @param usual the lists that are shown where none is asked for
 */
export function readAdminSearch(search: AdminSearch | URLSearchParams, usual: View[]) {
  const written = search instanceof URLSearchParams ? search : new URLSearchParams(pairs(search));
  const opened = readHiddenQuery(written);
  const asked = opened ?? new URLSearchParams();
  const letter = asked.get("letter");
  const known = NOTICES.find((code) => code === asked.get("notice"));
  const was = asked.get("was");
  const noted: Noted | undefined = known && { notice: known, was: was ? readPublicId(was) : undefined };
  const { filters, errors } = readFilters(asked, letter ? readPublicId(letter) : null, usual);
  if (!opened) errors[""] = ["wrongFilters"];
  const all = asked.get("all") === "1";
  return { filters, errors, after: readTimedId(asked.get("after")), noted, all };
}

const pairs = (search: AdminSearch): [string, string][] =>
  Object.entries(search).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
