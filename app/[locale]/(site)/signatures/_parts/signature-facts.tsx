import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Country } from "@/app/_components/country-names";
import { SignatoryNames } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/signatory-names";
import { publicId } from "@/lib/http/public-ids";
import type { LetterPage } from "@/lib/letters/cached";
import type { PublicSignatory } from "@/lib/signatories/public-list";
import type { WaitingEntry } from "@/lib/signatures/queries";

type Facts = [name: string, value: ReactNode][];
type Props = { signature: WaitingEntry & { letter: LetterPage | null }; locale: string };

/** A signature exactly as it will stand in the public list, and what stays private of it. */
export function SignatureFacts({ signature, locale }: Props) {
  const t = useTranslations("confirming.pending");
  const { kind, visibility, letter } = signature;
  const withheld = visibility === "WITHHELD";
  const id = publicId(signature.id);
  const private_ = privateFacts(signature, isRepresentativeShown(signature));
  return (
    <>
      <section aria-labelledby={`published-${id}`}>
        <h3 className="group-title" id={`published-${id}`}>
          {t("public")}
        </h3>
        <div className="as-listed">
          {withheld ? (
            <p>{t(kind === "ORGANISATION" ? "nothingOrganisation" : "nothing")}</p>
          ) : (
            <SignatoryNames
              signatories={[asListed(signature)]}
              largeSince={[]}
              locale={locale}
              experts={letter?.words.experts}
            />
          )}
        </div>
        {!withheld && signature.signatory.website && (
          <FactList facts={[["website", signature.signatory.website]]} />
        )}
      </section>
      <section aria-labelledby={`private-${id}`}>
        <h3 className="group-title" id={`private-${id}`}>
          {t("private")}
        </h3>
        <FactList facts={[...(withheld ? hiddenFacts(signature, locale) : []), ...private_]} />
      </section>
    </>
  );
}

const isRepresentativeShown = ({ signatory, visibility, letter }: Props["signature"]) =>
  visibility === "PUBLIC" &&
  signatory.representativePublic === true &&
  letter?.signing.representativesShown === true;

/** The row of the public list that it will be. */
function asListed(signature: Props["signature"]): PublicSignatory {
  const { kind, country, signatory, submittedAt, version } = signature;
  const { name, title, position, affiliation, website, orcid, representativeName } = signatory;
  return {
    ...{ name, title, position, affiliation, website, orcid, country },
    kind: kind === "ORGANISATION" ? "organisation" : "individual",
    expert: false,
    representative: isRepresentativeShown(signature) ? representativeName : null,
    publishedAt: submittedAt,
    version: version.number,
  };
}

function hiddenFacts({ kind, country, signatory }: WaitingEntry, locale: string): Facts {
  return [
    [kind === "ORGANISATION" ? "organisationName" : "fullName", signatory.name],
    ["title", signatory.title],
    ["position", signatory.position],
    ["affiliation", signatory.affiliation],
    ["website", signatory.website],
    ["country", <Country key="country" code={country} locale={locale} />],
    ["orcid", signatory.orcid],
  ];
}

function privateFacts(
  { email, comment, signatory, updates, discreet }: WaitingEntry,
  representativeShown: boolean,
): Facts {
  return [
    ["sortName", signatory.sortName ?? null],
    ["representativeName", representativeShown ? null : signatory.representativeName],
    ["representativeRole", signatory.representativeRole],
    ["email", email],
    ["comment", comment],
    ["updates", updates ? "yes" : "no"],
    ["discreet", discreet ? "yes" : null],
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
                <bdi>{name === "updates" || name === "discreet" ? t(String(value)) : value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
