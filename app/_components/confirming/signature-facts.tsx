import { useTranslations } from "next-intl";
import { countryName } from "@/lib/countries/rules";
import type { PendingSignature } from "@/lib/signatures/queries";

type Facts = [name: string, value: string | null][];

/** What will be published of a signature, and what stays private. */
export function SignatureFacts({ signature, locale }: { signature: PendingSignature; locale: string }) {
  const t = useTranslations("confirming.pending");
  const withheld = signature.visibility === "WITHHELD";
  const shown = publicFacts(signature, locale);
  const nothing = signature.kind === "ORGANISATION" ? "nothingOrganisation" : "nothing";
  return (
    <>
      <section aria-labelledby="published">
        <h2 className="group-title" id="published">
          {t("public")}
        </h2>
        {withheld ? <p className="facts">{t(nothing)}</p> : <FactList facts={shown} />}
      </section>
      <section aria-labelledby="private">
        <h2 className="group-title" id="private">
          {t("private")}
        </h2>
        <FactList facts={[...(withheld ? shown : []), ...privateFacts(signature)]} />
      </section>
    </>
  );
}

function publicFacts({ kind, country, signatory }: PendingSignature, locale: string): Facts {
  return [
    [kind === "ORGANISATION" ? "organisationName" : "fullName", signatory.name],
    ["title", signatory.title],
    ["position", signatory.position],
    ["affiliation", signatory.affiliation],
    ["website", signatory.website],
    ["country", countryName(country, locale)],
    ["orcid", signatory.orcid],
  ];
}

function privateFacts({ email, comment, signatory, updates }: PendingSignature): Facts {
  return [
    ["representativeName", signatory.representativeName],
    ["representativeRole", signatory.representativeRole],
    ["email", email],
    ["comment", comment],
    ["updates", updates ? "yes" : "no"],
  ];
}

function FactList({ facts }: { facts: Facts }) {
  const t = useTranslations("confirming.facts");
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd>
                <bdi>{name === "updates" ? t(value) : value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
