import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Country } from "@/app/_components/country-names";
import { Moment } from "@/app/_components/letter/date";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import type { OwnSignature } from "@/lib/signatures/own/own-signatures";

type Props = { signature: OwnSignature; locale: string };

export type Facts = [name: string, value: ReactNode][];

/** What the public list shows of a signatory, by the words of its fields. */
export function displayedFacts(
  { kind, country, signatory }: Pick<OwnSignature, "kind" | "country" | "signatory">,
  locale: string,
): Facts {
  return [
    [kind === "ORGANISATION" ? "organisationName" : "fullName", signatory.name],
    ["title", signatory.title],
    ["position", signatory.position],
    ["affiliation", signatory.affiliation],
    ["website", signatory.website],
    ["country", <Country key="country" code={country} locale={locale} />],
    ["orcid", signatory.orcid],
    ["representativeName", signatory.representativePublic ? signatory.representativeName : null],
  ];
}

/** Who signed for an organisation. */
export const representativeFacts = ({
  representativeName,
  representativeRole,
}: OwnSignature["signatory"]): Facts => [
  ["representativeName", representativeName],
  ["representativeRole", representativeRole],
];

/** Approved to be shown, but hidden for now by the organiser or by an objection. */
export const isConcealed = ({ state, visibility, status, listed }: OwnSignature) =>
  state === "APPROVED" && visibility === "PUBLIC" && (status === "open" || status === "closed") && !listed;

/** What is shown, and where. */
export function DisplayedFacts({ signature, locale }: Props) {
  const t = useTranslations("own.shown");
  const { visibility, slug, state, listed } = signature;
  const hidden = visibility === "WITHHELD";
  const pages = (words: ReactNode) => (
    <a href={localePath(locale, `/letters/${slug}/signatories`)}>{words}</a>
  );
  return (
    <Section title={t("title")} name="shown" signature={signature}>
      {hidden || state === "REJECTED" ? (
        <p>{t("nothing")}</p>
      ) : (
        <>
          <p>
            {listed
              ? t.rich("where", { list: pages })
              : t(state !== "APPROVED" ? "later" : isConcealed(signature) ? "concealed" : "notNow")}
          </p>
          <FactList facts={displayedFacts(signature, locale)} />
        </>
      )}
    </Section>
  );
}

/** What is stored besides, for nobody but the moderators. */
export function PrivateFacts({ signature, locale }: Props) {
  const t = useTranslations("own");
  return (
    <Section title={t("private")} name="private" signature={signature}>
      <FactList facts={privateFacts(signature, locale, t("news.on"), t("news.off"))} />
    </Section>
  );
}

function Choice({ visibility }: Pick<OwnSignature, "visibility">) {
  return useTranslations("own.facts.choice")(visibility);
}

export function privateFacts(signature: OwnSignature, locale: string, on: string, off: string): Facts {
  const { signatory, email, comment, updates, discreet, submittedAt, visibility, state } = signature;
  const hidden = visibility === "WITHHELD" || state === "REJECTED";
  const shown = hidden ? displayedFacts(signature, locale) : [];
  return [
    ...shown,
    ["representativeName", signatory.representativePublic && !hidden ? null : signatory.representativeName],
    ["representativeRole", signatory.representativeRole],
    ["email", email],
    ["sortName", signatory.sortName],
    ["comment", comment],
    ["visibility", <Choice key="choice" {...{ visibility }} />],
    ["updates", updates ? on : off],
    ["discreet", discreet ? on : off],
    ["signedAt", <Moment key="at" date={submittedAt} />],
  ];
}

function Section({
  title,
  name,
  signature,
  children,
}: {
  title: string;
  name: string;
  signature: OwnSignature;
  children: ReactNode;
}) {
  const id = `${name}-${publicId(signature.id)}`;
  return (
    <section aria-labelledby={id}>
      <h3 className="group-title" id={id}>
        {title}
      </h3>
      {children}
    </section>
  );
}

export function FactList({ facts }: { facts: Facts }) {
  const t = useTranslations("own.facts");
  const filled = facts.filter(([, value]) => value);
  // A representative who is not shown stands among what is hidden once.
  const once = filled.filter(([name], at) => filled.findIndex(([other]) => other === name) === at);
  return (
    <dl className="facts">
      {once.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
