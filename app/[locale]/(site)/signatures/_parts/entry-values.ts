import type { FormValues } from "@/lib/http/request-context";
import type { WaitingEntry } from "@/lib/signatures/queries";

const ticked = (on: boolean | undefined) => (on ? "on" : "");

/** What a waiting entry says, as its form holds it. */
export function entryValues(entry: WaitingEntry): FormValues {
  const { kind, signatory, country, visibility, updates, discreet, comment } = entry;
  const both = {
    country,
    visibility: visibility === "PUBLIC" ? "public" : "withheld",
    updates: ticked(updates),
    discreet: ticked(discreet),
    comment: comment ?? "",
  };
  if (kind === "ORGANISATION")
    return {
      ...both,
      organisationName: signatory.name,
      website: signatory.website ?? "",
      representativeName: signatory.representativeName ?? "",
      representativeRole: signatory.representativeRole ?? "",
      representativePublic: ticked(signatory.representativePublic),
    };
  return {
    ...both,
    fullName: signatory.name,
    sortName: signatory.sortName ?? "",
    title: signatory.title ?? "",
    position: signatory.position ?? "",
    affiliation: signatory.affiliation ?? "",
    orcid: signatory.orcid ?? "",
  };
}
