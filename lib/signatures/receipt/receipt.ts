import { env } from "@/lib/env";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { KEPT_DAYS, type Kept } from "@/lib/retention/rules";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";
import type { Carrier } from "@/lib/site/handling";
import type { Site } from "@/lib/site/rules";

/** The letter's part: its own line that was agreed to, and how many months after closing all but its record goes. */
export type Agreed = { consentLine: string | null; recordMonths: number };

/** What is deleted by itself of whoever signs, and from when the time is counted. */
const KEPT: Record<Exclude<Kept, "objection">, { what: string; from: string }> = {
  unconfirmed: { what: "a signature that is not confirmed", from: "its last submission" },
  rejected: { what: "a signature that is rejected", from: "the decision" },
  network: { what: "a keyed hash of the network that it came from", from: "the submission" },
  link: { what: "a link to confirm it that was not used", from: "the email" },
  email: { what: "the record that an email was sent", from: "the email" },
  bounced: { what: "a keyed hash of an address that email could not reach", from: "the attempt" },
  complained: { what: "a keyed hash of an address that reported email as spam", from: "the report" },
};

export type Receipt = ReturnType<typeof receiptOf>;

/**
 * What somebody agreed to when they signed, by the fields of ISO/IEC TS 27560:2023. It names the letter, for its holder to
 * know which consent it is, and nobody: whoever finds the file does not learn who signed.
 */
export function receiptOf(signature: OwnSignature, agreed: Agreed, site: Site, carrier: Carrier) {
  const { id, slug, title, version, consent, language } = signature;
  const { publicUrl } = env();
  const page = (path: string) => publicUrl + localePath(language ?? site.locale, path);
  const record = publicId(id);
  return {
    schema_version: "ISO/IEC TS 27560:2023, undersigned 1",
    record_id: record,
    pii_principal_id: record,
    pii_processing: {
      privacy_notice: page("/privacy"),
      language,
      consent_text: { version: consent.version, own_line: agreed.consentLine },
      services: [{ letter: title, version, url: page(`/letters/${slug}`) }],
      purposes: purposesOf(signature).map((purpose) => ({
        purpose,
        lawful_basis: "explicit consent: GDPR and UK GDPR, Articles 6(1)(a) and 9(2)(a)",
      })),
      pii_information: categoriesOf(signature),
      special_pii_category: "political opinions",
      pii_controllers: ["organiser"],
      collection_method: "entered in a form, confirmed by a link sent to the email address",
      storage_conditions: storageOf(agreed),
      recipient_third_parties: recipientsOf(carrier),
      withdrawal_method: {
        how: "Open the link in any email about the signature and choose “Withdraw”. Ask for a new link here, or write to the organiser.",
        url: page("/signatures"),
        email: site.contact,
      },
    },
    party_identification: [
      {
        party_id: "organiser",
        party_role: "PII controller",
        party_name: site.organiserName,
        party_email: site.contact,
        party_address: site.postalAddress,
        party_url: site.website ?? publicUrl,
      },
    ],
    events: [
      {
        event_time: consent.at.toISOString(),
        event_type: "explicit consent",
        event_state: "given",
        entity_id: record,
      },
    ],
  };
}

function purposesOf({ visibility, updates }: OwnSignature): string[] {
  const shown = visibility === "PUBLIC" ? ["showing the name in the public list"] : [];
  return [
    "confirming, checking and counting the signature",
    ...shown,
    ...(updates ? ["news about the letter"] : []),
  ];
}

/** The kinds of data that are stored of it, none of their values. */
function categoriesOf({ kind, signatory, email, comment, country, language }: OwnSignature): string[] {
  const { name, ...rest } = signatory;
  const named = kind === "ORGANISATION" ? { organisation_name: name } : { name };
  const all = { ...named, country, email, comment, language, ...rest };
  // Whether the representative is shown is a choice, and no data.
  return Object.entries(all).flatMap(([what, value]) =>
    typeof value === "string" && value ? [snakeCase(what)] : [],
  );
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function storageOf({ recordMonths }: Agreed) {
  const kept = Object.entries(KEPT) as [keyof typeof KEPT, (typeof KEPT)["link"]][];
  return [
    { what: "the signature", until: "it is withdrawn" },
    { what: "the link that confirmed it", until: "no signature of its mailbox is left" },
    { what: "a keyed hash of an address that stopped emails", until: "its holder asks for emails again" },
    {
      what: "everything of it that is not public",
      retention_period: `P${recordMonths}M`,
      from: "the closing of the letter, once an owner of the site has confirmed the deletion",
    },
    ...kept.map(([name, { what, from }]) => ({ what, retention_period: `P${KEPT_DAYS[name]}D`, from })),
  ];
}

function recipientsOf(carrier: Carrier): string[] {
  if (carrier.is === "resend") return ["Resend (resend.com), which sends the emails"];
  return carrier.is === "server" ? [`${carrier.host}, which sends the emails`] : [];
}
