import { mailDomain } from "@/lib/fields/addresses/rules";
import { containsName, resemble } from "@/lib/fields/names/resemblance";
import { type MixedWord, mixedWords } from "@/lib/fields/names/scripts";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { domainMatches, registrableDomain } from "@/lib/fields/websites/registrable-domain";
import { siteSkeleton } from "@/lib/fields/websites/site-skeleton";
import { FLAGS } from "@/lib/moderation/flags/flag-codes";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** So many signatures of one letter from one network within so many minutes of each other are a burst. */
export const BURSTS = [
  { count: 6, minutes: 10 },
  { count: 20, minutes: 1_440 },
] as const;

/** Something on the public list that may be resembled. */
export type Published = { signatureId: string; name: string; website: string | null };

/** What is known about a signature when its flags are decided. */
export type FlagFacts = {
  kind: SignatoryKind;
  email: string;
  website: string | null;
  /** As shown: corrected, else typed. */
  name: string;
  representativeName: string | null;
  /** What is known of the mail domain. */
  mailbox: { disposable: boolean; free: boolean };
  /** The signature of the same kind from the same mailbox that was rejected before, the latest one. */
  rejected: string | null;
  /** The individual who signed this letter from the same mailbox before. */
  sharedWith: string | null;
  /** Signatories on the public list of this letter that come near by name or website. */
  published: Published[];
  /** The website of the letter's organiser. */
  organiserUrl: string | null;
  watched: { name: string; note: string | null }[];
  /** How many signatures of this letter came from the same network within each of BURSTS' times. */
  together: number[];
  /** What is known to have happened, and cannot be found out again. */
  happened: { burst: boolean; bounced: boolean };
};

/** One flag with the facts that its sentence needs. */
export type FlagReason =
  | { code: "bounced" }
  | { code: "disposable" | "freeMail"; domain: string }
  | { code: "sharedMailbox" | "rejectedBefore"; signatureId: string }
  | { code: "domainDiffers"; mailDomain: string; websiteDomain: string }
  /** Null where the network is no longer known. */
  | { code: "burst"; together: { count: number; minutes: number } | null }
  | { code: "watched"; name: string; note: string | null }
  | { code: "lookalikeName"; names: { signatureId: string; name: string }[] }
  | { code: "lookalikeDomain"; domain: string; other: string; signatureId: string | null }
  | { code: "mixedScripts"; words: MixedWord[] };

/** Decides what a moderator should notice, and why. Refuses nothing. */
export function flagsOf(facts: FlagFacts): FlagReason[] {
  const reasons = [
    aboutMailbox(facts),
    aboutNetwork(facts),
    aboutNames(facts),
    aboutLookalikeDomains(facts),
    aboutOrganisation(facts),
  ].flat();
  return reasons.sort((one, other) => FLAGS.indexOf(one.code) - FLAGS.indexOf(other.code));
}

function aboutMailbox({ email, mailbox, rejected, sharedWith, happened }: FlagFacts): FlagReason[] {
  return [
    happened.bounced ? { code: "bounced" as const } : [],
    mailbox.disposable ? { code: "disposable" as const, domain: mailDomain(email) } : [],
    rejected ? { code: "rejectedBefore" as const, signatureId: rejected } : [],
    sharedWith ? { code: "sharedMailbox" as const, signatureId: sharedWith } : [],
  ].flat();
}

function aboutNetwork({ together, happened }: FlagFacts): FlagReason[] {
  const place = BURSTS.findIndex(({ count }, at) => (together[at] ?? 0) >= count);
  const found = BURSTS[place];
  if (found) return [{ code: "burst", together: { count: together[place] ?? 0, minutes: found.minutes } }];
  return happened.burst ? [{ code: "burst", together: null }] : [];
}

function aboutNames({ name, representativeName, watched, published }: FlagFacts): FlagReason[] {
  const names = [name, representativeName ?? []].flat();
  const skeletons = names.map(skeletonOf);
  const faked = watched.find((one) => skeletons.some((each) => containsName(each, skeletonOf(one.name))));
  // A representative who has also signed as themselves is no lookalike.
  const alike = published.filter((other) => resemble(skeletonOf(name), skeletonOf(other.name)));
  const words = names.flatMap(mixedWords);
  return [
    faked ? { code: "watched" as const, ...faked } : [],
    alike.length > 0
      ? {
          code: "lookalikeName" as const,
          names: alike.map((each) => ({ signatureId: each.signatureId, name: each.name })),
        }
      : [],
    words.length > 0 ? { code: "mixedScripts" as const, words } : [],
  ].flat();
}

// Many organisations have short names, and share them with others elsewhere.
const SHORTEST_TELLING = 5;

function aboutLookalikeDomains({
  email,
  website,
  mailbox,
  published,
  organiserUrl,
}: FlagFacts): FlagReason[] {
  const own = [mailbox.free || mailbox.disposable ? null : mailDomain(email), website];
  const domains = new Set(own.flatMap((address) => (address && registrableDomain(address)) || []));
  const sites = [
    ...published.map((each) => ({ ...each, id: each.signatureId })),
    { website: organiserUrl, id: null },
  ];
  const known = sites.flatMap(({ website: site, id }) => {
    const domain = site && registrableDomain(site);
    return domain ? [{ domain, id }] : [];
  });
  for (const domain of domains) {
    if (known.some((site) => site.domain === domain)) continue;
    const skeleton = siteSkeleton(domain) ?? "";
    const other = known.find((site) => looksLike(skeleton, siteSkeleton(site.domain) ?? ""));
    if (other) return [{ code: "lookalikeDomain", domain, other: other.domain, signatureId: other.id }];
  }
  return [];
}

function looksLike(one: string, other: string): boolean {
  return [...one].length >= SHORTEST_TELLING && resemble(one, other);
}

function aboutOrganisation({ kind, email, website, mailbox }: FlagFacts): FlagReason[] {
  if (kind !== "ORGANISATION") return [];
  const domain = mailDomain(email);
  if (mailbox.free) return [{ code: "freeMail", domain }];
  const websiteDomain = website && registrableDomain(website);
  if (!website || !websiteDomain || domainMatches(domain, website)) return [];
  return [{ code: "domainDiffers", mailDomain: domain, websiteDomain }];
}
