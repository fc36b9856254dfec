import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCountryNames } from "@/app/_components/country-names";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { StateMark } from "@/app/[locale]/admin/_parts/state-mark";
import { When } from "@/app/[locale]/admin/_parts/when";
import { localePath } from "@/lib/i18n/locales";
import type { SignatureDetail } from "@/lib/moderation/signature-detail";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

type Props = { signature: SignatureDetail; locale: string };

export type Titled = { title: string; textLocale: string };

/** @param of the letter that was signed @param own what it calls an expert, where it has words of its own */
export function Standing({ signature, of, own, locale }: Props & { of: Titled; own: string | null }) {
  const t = useTranslations("admin.standing");
  const { state, hold, decidedAt, submittedAt, expert, visibility, slug, versionNumber, earlier } = signature;
  const approved = visibility === "PUBLIC" && state === "APPROVED";
  const shown = approved ? (signature.concealed ? "CONCEALED" : "LISTED") : visibility;
  const letter = (words: ReactNode) => (
    <a href={localePath(locale, `/letters/${slug}`)} {...letterLanguage(of.textLocale, locale)}>
      {words}
    </a>
  );
  return (
    <p className="case-state">
      <StateMark state={hold && state === "VERIFIED" ? "HOLD" : state}>
        {t.rich(hold && state === "VERIFIED" ? "HOLD" : state, {
          time: () => decidedAt && <When at={decidedAt} />,
        })}
      </StateMark>
      <span className="note">
        {expert && (own ? t("expertOwn", { own }) : t("expert"))} {t(shown)}{" "}
        {t.rich("letter", {
          title: of.title,
          letter,
          version: versionNumber,
          time: () => <When at={submittedAt} />,
        })}{" "}
        {earlier && t("earlier")}
      </span>
    </p>
  );
}

/** What the signatory entered, and what a moderator made of it. */
export function Entry({ signature, locale }: Props) {
  const t = useTranslations("admin.details");
  const { kind, country, fields, typed, email, comment, reason } = signature;
  const more: Facts = [
    ["email", email],
    ["comment", comment],
    ["reason", reason],
  ];
  return (
    <section aria-labelledby="entry">
      <h2 id="entry">{typed ? t("corrected") : t("entered")}</h2>
      <FactList facts={[...factsOf(kind, fields, useCountryNames(locale).nameOf(country)), ...more]} />
      {!comment && <p className="note">{t("noComment")}</p>}
      {typed && (
        <>
          <h2>{t("typed")}</h2>
          <FactList facts={factsOf(kind, typed, null)} />
        </>
      )}
    </section>
  );
}

type Facts = [field: string, value: string | null][];

function factsOf(kind: SignatureDetail["kind"], fields: SignatoryFields, country: string | null): Facts {
  return [
    [kind === "ORGANISATION" ? "organisationName" : "fullName", fields.name],
    ["sortName", fields.sortName ?? null],
    ["title", fields.title],
    ["position", fields.position],
    ["affiliation", fields.affiliation],
    ["website", fields.website],
    ["country", country],
    ["orcid", fields.orcid],
    [fields.representativePublic ? "representativeShown" : "representativeName", fields.representativeName],
    ["representativeRole", fields.representativeRole],
  ];
}

function FactList({ facts }: { facts: Facts }) {
  const t = useTranslations("admin.fields");
  return (
    <dl className="admin-facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd>
                <Value name={name} value={value} />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  if (name !== "website") return <bdi>{value}</bdi>;
  return (
    <a href={value} rel="noopener noreferrer nofollow">
      <bdi dir="ltr">{value}</bdi>
    </a>
  );
}
