import { isCounted, isShown } from "@/lib/moderation/rules";
import type { Subject } from "@/lib/moderation/subject";
import { foldName } from "@/lib/names/rules";
import { skeletonOf } from "@/lib/names/skeleton";
import { listingOf } from "@/lib/signatures/claim";
import { sealCountry } from "@/lib/signatures/sealed-origin";
import { seal } from "@/lib/vault/seal";
import { siteSkeleton } from "@/lib/websites/site-skeleton";

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
    // A decision ends the waiting, wherever it waited.
    quarantine: after.state === before.state ? after.quarantine : null,
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
    ? { name, title, position, affiliation, website, orcid, ...comparedForms(name, website) }
    : {
        name: null,
        title: null,
        position: null,
        affiliation: null,
        website: null,
        orcid: null,
        folded: null,
        skeleton: null,
        siteSkeleton: null,
      };
  const corrected =
    fields === before.fields ? {} : { corrected: seal(key, "signatory.corrected", JSON.stringify(fields)) };
  // The same ciphertext for the same country, so that undoing leaves everything as it was.
  const same = country === before.country && before.sealedCountry;
  const sealedCountry = same || sealCountry(key, country);
  return { country: isShown(after) ? country : null, sealedCountry, expert, ...shown, ...corrected };
}

/** The forms under which a shown name and website are found again, or found to be resembled. */
const comparedForms = (name: string, website: string | null) => ({
  folded: foldName(name),
  skeleton: skeletonOf(name),
  siteSkeleton: website && siteSkeleton(website),
});
