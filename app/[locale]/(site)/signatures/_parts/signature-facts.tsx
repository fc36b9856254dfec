import { useTranslations } from "next-intl";
import { countryName } from "@/lib/fields/countries/rules";
import { publicId } from "@/lib/http/public-ids";
import type { WaitingEntry } from "@/lib/signatures/queries";

type Facts = [name: string, value: string | null][];

/** What will be published of a signature, and what stays private. */
export function SignatureFacts({ signature, locale }: { signature: WaitingEntry; locale: string }) {
  const t = useTranslations("confirming.pending");
  const withheld = signature.visibility === "WITHHELD";
  const shown = publicFacts(signature, locale);
  const id = publicId(signature.id);
  const nothing = signature.kind === "ORGANISATION" ? "nothingOrganisation" : "nothing";
  return (
    <>
      <section aria-labelledby={`published-${id}`}>
        <h3 className="group-title" id={`published-${id}`}>
          {t("public")}
        </h3>
        {withheld ? <p className="facts">{t(nothing)}</p> : <FactList facts={shown} />}
      </section>
      <section aria-labelledby={`private-${id}`}>
        <h3 className="group-title" id={`private-${id}`}>
          {t("private")}
        </h3>
        <FactList facts={[...(withheld ? shown : []), ...privateFacts(signature)]} />
      </section>
    </>
  );
}

function publicFacts({ kind, country, signatory }: WaitingEntry, locale: string): Facts {
  return [
    [kind === "ORGANISATION" ? "organisationName" : "fullName", signatory.name],
    ["title", signatory.title],
    ["position", signatory.position],
    ["affiliation", signatory.affiliation],
    ["website", signatory.website],
    ["country", countryName(country, locale)],
    ["orcid", signatory.orcid],
    ["representativeName", signatory.representativePublic ? signatory.representativeName : null],
  ];
}

function privateFacts({ email, comment, signatory, updates }: WaitingEntry): Facts {
  return [
    ["representativeName", signatory.representativePublic ? null : signatory.representativeName],
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
