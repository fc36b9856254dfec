import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EARLIER_LIST, listPath } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-address";
import type { ListPage } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/read-list";
import { SignatoryNames } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/signatory-names";
import { Withheld } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/withheld";
import { localePath } from "@/lib/i18n/locales";
import { type ExpertWords, expertHeading } from "@/lib/letters/settings/expert-words";
import { EARLIER } from "@/lib/signatories/list-order";
import type { PublicSignatory } from "@/lib/signatories/public-list";

type Props = {
  slug: string;
  list: ListPage;
  largeSince: readonly number[];
  experts: ExpertWords | null;
};

/** How many there are, as a sentence, where a filter is set; their names; and how many more are not named. */
export function ListResult({ slug, list, largeSince, experts }: Props) {
  const t = useTranslations("signatories");
  const locale = useLocale();
  const { choice, signatories, total, found, from, tally } = list;
  // A kind alone is said by its tab.
  const filtered = Boolean(choice.country || choice.q);
  const sentence = { exact: filtered ? "filtered" : "all", more: "more", likely: "likely" }[found];
  const parted = from !== null && signatories.length > 0 && signatories.length < total;
  const said = filtered || total === 0;
  return (
    <>
      {(said || parted || choice.kind === EARLIER) && (
        <div className="result">
          <p>
            {said &&
              t.rich(`result.${sentence}`, {
                total,
                searched: choice.q ? "yes" : "no",
                query: () => <bdi>{choice.q}</bdi>,
                n: (number: ReactNode) => <strong>{number}</strong>,
              })}{" "}
            {parted && t("result.range", { from, to: from + signatories.length - 1 })}
          </p>
          {choice.kind === EARLIER && <p>{t("earlier.text")}</p>}
          {filtered && total === 0 && <p>{t("empty")}</p>}
        </div>
      )}
      {choice.q ? (
        <SignatoryNames
          signatories={signatories}
          largeSince={largeSince}
          locale={locale}
          experts={experts}
          objectTo={slug}
          withKind
        />
      ) : (
        <Groups slug={slug} signatories={signatories} largeSince={largeSince} own={experts} />
      )}
      {!filtered && !choice.kind && (
        <div className="result">
          <Withheld namespace="signatories" tally={tally} />
          {list.earlier > 0 && (
            <p className="quiet">
              {t.rich("earlier.link", {
                count: list.earlier,
                list: (words) => <a href={localePath(locale, listPath(slug, EARLIER_LIST))}>{words}</a>,
              })}
            </p>
          )}
        </div>
      )}
    </>
  );
}

type GroupsProps = {
  slug: string;
  signatories: PublicSignatory[];
  largeSince: readonly number[];
  own: ExpertWords | null;
};

function Groups({ slug, signatories, largeSince, own }: GroupsProps) {
  const t = useTranslations("signatories.groups");
  const locale = useLocale();
  const groups = {
    organisations: signatories.filter(({ kind }) => kind === "organisation"),
    experts: signatories.filter(({ kind, expert }) => kind === "individual" && expert),
    others: signatories.filter(({ kind, expert }) => kind === "individual" && !expert),
  };
  return Object.entries(groups)
    .filter(([, members]) => members.length > 0)
    .map(([group, members]) => (
      <section key={group} aria-labelledby={`group-${group}`}>
        <h2 className="group-title" id={`group-${group}`}>
          {own && group === "experts" ? expertHeading(own) : t(group)}
        </h2>
        <SignatoryNames signatories={members} largeSince={largeSince} locale={locale} objectTo={slug} />
      </section>
    ));
}
