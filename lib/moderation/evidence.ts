import { isFreeMail } from "@/lib/fields/addresses/free-mail";
import { mailDomain } from "@/lib/fields/addresses/rules";
import { domainMatches, registrableDomain } from "@/lib/fields/websites/registrable-domain";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** A published signatory that the moderator should compare. */
export type Likeness = { signatureId: string; name: string; country: string };

/** What is known about a signature when a moderator judges it. */
export type EvidenceFacts = {
  kind: SignatoryKind;
  verifiedAt: Date | null;
  email: string;
  website: string | null;
  orcid: string | null;
  /** The organisation that holds the same name and country on this letter's list. */
  listedAs: { signatureId: string } | null;
  /** Published signatories of this letter with a similar name, likest first. */
  similar: Likeness[];
  /** Other confirmed signatures of the same letter from the same mailbox. */
  sameMailbox: number;
  /** Those of them that were rejected, the latest first, and whether after a report. */
  rejected: { signatureId: string; at: Date; reported: boolean }[];
};

/** One short sentence of evidence: a code for the words, and its facts. */
export type Evidence =
  | { code: "verified"; at: Date }
  | { code: "domainMatches"; domain: string }
  | { code: "domainDiffers"; mailDomain: string; websiteDomain: string }
  | { code: "freeMail"; domain: string }
  | { code: "mailDomain"; domain: string }
  | { code: "alreadyListed"; signatureId: string }
  | { code: "similar"; likenesses: Likeness[] }
  | { code: "noneSimilar" }
  | { code: "sameMailbox"; count: number }
  | { code: "rejectedOn"; rejected: EvidenceFacts["rejected"] }
  | { code: "orcid"; orcid: string };

/** Puts what is known into sentences, in the order in which a moderator asks. */
export function evidenceOf(facts: EvidenceFacts): Evidence[] {
  return [
    facts.verifiedAt ? { code: "verified" as const, at: facts.verifiedAt } : [],
    aboutDomains(facts),
    facts.orcid ? { code: "orcid" as const, orcid: facts.orcid } : [],
    facts.listedAs ? { code: "alreadyListed" as const, signatureId: facts.listedAs.signatureId } : [],
    aboutLikeness(facts),
    facts.rejected.length > 0 ? { code: "rejectedOn" as const, rejected: facts.rejected } : [],
    facts.sameMailbox > 0 ? { code: "sameMailbox" as const, count: facts.sameMailbox } : [],
  ].flat();
}

function aboutDomains({ kind, email, website }: EvidenceFacts): Evidence[] {
  const domain = mailDomain(email);
  const free: Evidence[] = isFreeMail(domain) ? [{ code: "freeMail", domain }] : [];
  if (kind === "INDIVIDUAL") return free.length > 0 ? free : [{ code: "mailDomain", domain }];
  const websiteDomain = website ? registrableDomain(website) : null;
  if (!website || !websiteDomain) return [{ code: "mailDomain", domain }, ...free];
  if (domainMatches(domain, website)) return [{ code: "domainMatches", domain: websiteDomain }, ...free];
  return [{ code: "domainDiffers", mailDomain: domain, websiteDomain }, ...free];
}

function aboutLikeness({ similar, listedAs }: EvidenceFacts): Evidence[] {
  const others = similar.filter(({ signatureId }) => signatureId !== listedAs?.signatureId);
  if (others.length > 0) return [{ code: "similar", likenesses: others }];
  return listedAs ? [] : [{ code: "noneSimilar" }];
}
