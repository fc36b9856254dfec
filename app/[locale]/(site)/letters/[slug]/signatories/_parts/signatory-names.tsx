import { useTranslations } from "next-intl";
import { useCountryNames } from "@/app/_components/country-names";
import { publicId } from "@/lib/http/public-ids";
import { localePath } from "@/lib/i18n/locales";
import { type ExpertWords, expertLabel } from "@/lib/letters/settings/expert-words";
import type { PublicSignatory } from "@/lib/signatories/public-list";

type Props = {
  signatories: PublicSignatory[];
  locale: string;
  /** The numbers of versions whose signatories have not signed the newest text: it is said of each. */
  largeSince: readonly number[];
  /** Says of each what it is, where no title above says so. */
  withKind?: boolean;
  /** The slug of the letter, where each entry leads to the page that says it is not genuine. */
  objectTo?: string;
  /** What the letter calls experts, where it has words of its own. */
  experts?: ExpertWords | null;
};

/** Names in quiet columns: organisations with their country, individuals with what identifies them. */
export function SignatoryNames({
  signatories,
  locale,
  largeSince,
  withKind = false,
  objectTo,
  experts,
}: Props) {
  const t = useTranslations("signatories");
  const { nameOf } = useCountryNames(locale);
  return (
    <ul className="names" data-columns="">
      {signatories.map((signatory, place) => (
        // The list never changes in a reader's browser, and an id would tell when somebody signed.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={place}>
          <Name signatory={signatory} />
          <Detail text={[signatory.position, signatory.affiliation]} />
          {signatory.representative && (
            <span className="name-detail">
              {t.rich("representative", { name: () => <bdi>{signatory.representative}</bdi> })}
            </span>
          )}
          <Orcid orcid={signatory.orcid} />
          <span className="name-detail">
            {nameOf(signatory.country)}
            {objectTo && signatory.entry && (
              <span className="not-printed">
                {" · "}
                <a
                  className="name-objection"
                  rel="nofollow"
                  href={localePath(
                    locale,
                    `/letters/${objectTo}/signatories/${publicId(signatory.entry)}/objection`,
                  )}
                  aria-label={t("objection.linkOf", { name: signatory.name })}
                >
                  {t("objection.link")}
                </a>
              </span>
            )}
          </span>
          {withKind && (
            <span className="name-detail">
              {signatory.expert && experts
                ? expertLabel(experts)
                : t(`one.${signatory.expert ? "expert" : signatory.kind}`)}
            </span>
          )}
          {largeSince.includes(signatory.version) && (
            <span className="name-detail">{t("version", { number: signatory.version })}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Name({ signatory: { title, name, website } }: { signatory: PublicSignatory }) {
  const shown = <bdi className="name">{withTitle(title, name)}</bdi>;
  return website ? (
    <a className="name-link" href={website} rel="noopener noreferrer nofollow ugc">
      {shown}
    </a>
  ) : (
    shown
  );
}

/** A title stands before the name; in Chinese and Japanese after it. */
function withTitle(title: string | null, name: string): string {
  if (!title) return name;
  return /^\p{Script=Han}/u.test(name) && /\p{Script=Han}/u.test(title) ? name + title : `${title} ${name}`;
}

function Orcid({ orcid }: { orcid: string | null }) {
  const t = useTranslations("signatories");
  return (
    orcid && (
      <a className="name-detail" href={`https://orcid.org/${orcid}`} rel="noopener noreferrer nofollow ugc">
        {t.rich("orcid", { id: () => <bdi dir="ltr">{orcid}</bdi> })}
      </a>
    )
  );
}

// One run of text, so that it reads in its own direction; a separator that belongs to no script.
function Detail({ text }: { text: (string | null)[] }) {
  const parts = text.filter((part) => part !== null);
  return (
    parts.length > 0 && (
      <span className="name-detail">
        <bdi>{parts.join(" · ")}</bdi>
      </span>
    )
  );
}
