import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCountryNames } from "@/app/_components/country-names";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { When } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";
import type { Evidence } from "@/lib/moderation/evidence";

/** The evidence for and against a signature, one short sentence each. */
export function EvidenceList({
  evidence,
  slug,
  locale,
}: {
  evidence: Evidence[];
  slug: string;
  locale: string;
}) {
  return (
    <ul className="rows">
      {evidence.map((one) => (
        <li key={one.code}>
          <Sentence evidence={one} {...{ slug, locale }} />
        </li>
      ))}
    </ul>
  );
}

const code = (words: ReactNode) => <bdi dir="ltr">{words}</bdi>;

function Sentence({ evidence, slug, locale }: { evidence: Evidence; slug: string; locale: string }) {
  const t = useTranslations("admin.evidence");
  switch (evidence.code) {
    case "verified":
      return t.rich("verified", { time: () => <When at={evidence.at} /> });
    case "domainMatches":
    case "freeMail":
    case "mailDomain":
      return t.rich(evidence.code, { domain: evidence.domain, code });
    case "domainDiffers": {
      const { mailDomain, websiteDomain } = evidence;
      return t.rich("domainDiffers", { mailDomain, websiteDomain, code, other: code });
    }
    case "alreadyListed": {
      const other = (words: ReactNode) => (
        <a href={signaturePath(locale, evidence.signatureId, slug)}>{words}</a>
      );
      return t.rich("alreadyListed", { other });
    }
    case "similar":
      return t.rich("similar", { names: () => <Similar {...{ evidence, slug, locale }} /> });
    case "noneSimilar":
      return t("noneSimilar");
    case "rejectedOn":
      return t.rich(evidence.rejected.some(({ reported }) => reported) ? "rejectedReported" : "rejectedOn", {
        times: () => <Rejected rejected={evidence.rejected} locale={locale} />,
      });
    case "sameMailbox":
      return t("sameMailbox", { count: evidence.count });
    case "orcid":
      return t.rich("orcid", { orcid: () => <OrcidLink orcid={evidence.orcid} /> });
  }
}

type Alike = Extract<Evidence, { code: "similar" }>;

function Similar({ evidence, slug, locale }: { evidence: Alike; slug: string; locale: string }) {
  const t = useTranslations("admin.evidence");
  const { nameOf } = useCountryNames(locale);
  const names = evidence.likenesses.map(({ signatureId, name, country }) => (
    <span key={publicId(signatureId)}>
      {t.rich("similarName", {
        label: name,
        country: nameOf(country),
        name: (words) => (
          <a href={signaturePath(locale, signatureId, slug)}>
            <bdi>{words}</bdi>
          </a>
        ),
      })}
    </span>
  ));
  return useFormatter().list(names);
}

function Rejected({ rejected, locale }: { rejected: { signatureId: string; at: Date }[]; locale: string }) {
  const times = rejected.map(({ signatureId, at }) => (
    <a key={publicId(signatureId)} href={signaturePath(locale, signatureId)}>
      <When at={at} />
    </a>
  ));
  return useFormatter().list(times);
}

function OrcidLink({ orcid }: { orcid: string }) {
  return (
    <a href={`https://orcid.org/${orcid}`} rel="noopener noreferrer">
      <bdi dir="ltr">{orcid}</bdi>
    </a>
  );
}
