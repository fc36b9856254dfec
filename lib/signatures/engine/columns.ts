import { encrypt } from "@/lib/encryption/encrypt";
import { claimOf, listingOf } from "@/lib/signatures/claim";
import { encryptCountry } from "@/lib/signatures/encrypted-origin";
import type { Change } from "@/lib/signatures/engine/change";
import { isShown, revisionAfter, type Standing, standingAfter } from "@/lib/signatures/engine/rules";

/** The columns of `signature` that the engine writes, with their types in the database. */
export const SIGNATURE_COLUMNS = {
  state: '"SignatureState"',
  visibility: '"Visibility"',
  hold: '"HoldReason"',
  revision: "int",
  letter_version_id: "uuid",
  earlier: "boolean",
  concealed: "boolean",
  claim: "text",
  listing: "text",
  reason: "text",
  verified_at: "timestamptz",
  decided_at: "timestamptz",
  published_at: "timestamptz",
} as const;

/** The columns of `signatory` that the engine writes. */
export const SIGNATORY_COLUMNS = {
  expert: "boolean",
  encrypted_country: "text",
  corrected: "text",
} as const;

type Value = string | number | boolean | Date | null;
export type SignatureRow = Record<keyof typeof SIGNATURE_COLUMNS, Value> & Places;
/** What a signature may hold that no other one holds: its mailbox's place on the letter, and its organisation's. */
export type Places = { claim: string | null; listing: string | null };
export type SignatoryRow = Record<keyof typeof SIGNATORY_COLUMNS, Value>;

export function signatureRow(change: Change, moderated: boolean, now: Date): SignatureRow {
  const { subject: before, reason, times } = change;
  const after = standingAfter(before, change.after);
  const moves = after.state !== before.state;
  const verified = moves && after.state === "VERIFIED" && before.state === "PENDING";
  const decided = moves && !verified && (after.state === "APPROVED" || after.state === "REJECTED");
  return {
    state: after.state,
    visibility: after.visibility,
    hold: after.hold,
    revision: revisionAfter(before, moderated),
    letter_version_id: after.version.id,
    earlier: after.earlier,
    concealed: after.concealed,
    claim: claimAfter(change, after),
    listing: listingAfter(after),
    reason: moves ? encryptedReason(change, reason) : before.reason,
    verified_at: verified ? now : before.verifiedAt,
    decided_at: times ? times.decidedAt : decided ? now : before.decidedAt,
    published_at: publishedAt(change, after, now),
  };
}

/** Since when it is on the list. Of what is hidden only for now that stays. */
function publishedAt({ subject: before, times }: Change, after: Standing, now: Date): Date | null {
  if (isShown(after)) return times?.publishedAt ?? before.publishedAt ?? now;
  const { state, visibility } = after;
  return isShown({ state, visibility }) ? before.publishedAt : null;
}

/**
 * Its mailbox's place on the letter: taken by confirming, released by a rejection so that it can be signed anew, and taken
 * again where the rejection is taken back.
 */
function claimAfter({ subject: before, claim }: Change, { state }: Standing): string | null {
  if (state === "REJECTED") return null;
  if (before.state !== "REJECTED" || state === "WITHDRAWN" || before.erased) return claim ?? before.claim;
  return claimOf(before.letterId, before.email, before.kind, before.typedName);
}

/** An organisation holds its place on the letter while it is approved, also where it signed an earlier version. */
function listingAfter(after: Standing): string | null {
  const holds = after.state === "APPROVED" && after.kind === "ORGANISATION";
  return holds ? listingOf(after.letterId, after.fields.name, after.country) : null;
}

const encryptedReason = ({ subject }: Change, reason?: string) =>
  reason === undefined ? null : encrypt(subject.key, "signature.reason", reason);

/** The new columns of its signatory; null where none of them changes. */
export function signatoryRow({ subject: before, after: change }: Change): SignatoryRow | null {
  const after = standingAfter(before, change);
  const same = change.country === undefined && change.expert === undefined && change.fields === undefined;
  if (same) return null;
  return {
    expert: after.expert,
    encrypted_country: encryptedCountry(change.country),
    corrected: change.fields
      ? encrypt(before.key, "signatory.corrected", JSON.stringify(change.fields))
      : null,
  };

  // The same ciphertext for the same country, so that undoing leaves everything as it was.
  function encryptedCountry(country = before.country): string | null {
    if (before.encryptedCountry && country === before.country) return before.encryptedCountry;
    return before.erased ? null : encryptCountry(before.key, country);
  }
}
