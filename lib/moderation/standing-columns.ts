import { isCounted, isShown } from "@/lib/moderation/rules";
import type { Subject } from "@/lib/moderation/subject";
import { foldName } from "@/lib/names/rules";
import { listingOf } from "@/lib/signatures/claim";
import { seal } from "@/lib/vault/seal";

/**
 * The columns that follow from a signature's new standing: what the public list shows is filled while it is approved
 * and public, and empty otherwise; an organisation holds its listing while it counts.
 */
export function standingColumns(before: Subject, after: Subject, reason: string | undefined, now: Date) {
  return {
    signature: signatureColumns(before, after, reason, now),
    signatory: signatoryColumns(before, after),
  };
}

function signatureColumns(before: Subject, after: Subject, reason: string | undefined, now: Date) {
  const listed = isCounted(after) && after.kind === "ORGANISATION";
  return {
    state: after.state,
    listing: listed ? listingOf(after.letterId, after.fields.name, after.country) : null,
    publishedAt: isShown(after) ? (before.publishedAt ?? now) : null,
    ...(after.state === before.state
      ? {}
      : {
          decidedAt: now,
          reason: reason === undefined ? null : seal(after.key, "signature.reason", reason),
        }),
  };
}

function signatoryColumns(before: Subject, after: Subject) {
  const { country, expert, fields, key } = after;
  const { name, title, position, affiliation, website, orcid } = fields;
  const shown = isShown(after)
    ? { name, title, position, affiliation, website, orcid, folded: foldName(name) }
    : {
        name: null,
        title: null,
        position: null,
        affiliation: null,
        website: null,
        orcid: null,
        folded: null,
      };
  const corrected =
    fields === before.fields ? {} : { corrected: seal(key, "signatory.corrected", JSON.stringify(fields)) };
  return { country, expert, ...shown, ...corrected };
}
