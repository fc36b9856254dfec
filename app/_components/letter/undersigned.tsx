import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SignatoryNames } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/signatory-names";
import { Withheld } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/withheld";
import type { Tally } from "@/lib/counts/rules";
import { localePath } from "@/lib/i18n/locales";
import { type ExpertWords, expertHeading } from "@/lib/letters/settings/expert-words";
import type { PublicSignatory } from "@/lib/signatories/public-list";

export type UndersignedProps = {
  locale: string;
  slug: string;
  largeSince: readonly number[];
  tally: Tally;
  organisations: ShownOf;
  experts: ShownOf;
  /** What the letter calls experts, where it has words of its own. */
  expertWords: ExpertWords | null;
  /** Of the other individuals those whom the page names. */
  others: PublicSignatory[];
};

/** The first of a kind, and how many more the list has. */
type ShownOf = { signatories: PublicSignatory[]; more: number };

/** "The undersigned": organisations, then experts, then in numbers everyone else who has signed. */
export function Undersigned(props: UndersignedProps) {
  const { locale, slug, largeSince, tally, organisations, experts, expertWords, others } = props;
  const t = useTranslations("letter.undersigned");
  const nobody = organisations.signatories.length + experts.signatories.length + others.length === 0;
  const list = localePath(locale, `/letters/${slug}/signatories`);
  return (
    <section className="section row undersigned" aria-labelledby="undersigned">
      <h2 className="section-title" id="undersigned">
        {t("title")}
      </h2>
      <div className="main">
        {nobody && tally.total === 0 && <p className="quiet">{t("empty")}</p>}
        <Group
          kind="organisations"
          shown={organisations}
          largeSince={largeSince}
          locale={locale}
          list={`${list}?kind=organisation`}
        />
        <Group
          kind="experts"
          own={expertWords}
          shown={experts}
          largeSince={largeSince}
          locale={locale}
          list={`${list}?kind=expert`}
        >
          <p className="note">{t("identification")}</p>
        </Group>
        {others.length > 0 && (
          <>
            <GroupTitle>{t("individuals")}</GroupTitle>
            <SignatoryNames signatories={others} largeSince={largeSince} locale={locale} />
            <p className="note">{t("identification")}</p>
          </>
        )}
        {tally.others > others.length && (
          <p>
            {t.rich("others", {
              count: tally.others - others.length,
              n: (number) => <strong>{number}</strong>,
            })}
          </p>
        )}
        <Withheld namespace="letter.undersigned" tally={tally} />
        {tally.total > 0 && (
          <p>
            <a href={list}>{t("all")}</a>
          </p>
        )}
      </div>
    </section>
  );
}

type GroupProps = {
  kind: "organisations" | "experts";
  /** The letter's own words for the kind. */
  own?: ExpertWords | null;
  shown: ShownOf;
  largeSince: readonly number[];
  locale: string;
  list: string;
  children?: ReactNode;
};

function Group(props: GroupProps) {
  const { kind, own, shown, largeSince, locale, list, children } = props;
  const { signatories, more } = shown;
  const t = useTranslations("letter.undersigned");
  if (signatories.length === 0) return null;
  return (
    <div>
      <GroupTitle count={signatories.length + more}>{own ? expertHeading(own) : t(kind)}</GroupTitle>
      <SignatoryNames signatories={signatories} largeSince={largeSince} locale={locale} />
      {more > 0 && (
        <p>
          {t.rich(own ? "more.own" : `more.${kind}`, {
            count: more,
            list: (text) => <a href={list}>{text}</a>,
          })}
        </p>
      )}
      {children}
    </div>
  );
}

/** What a group is called, and how many names the list has of it. */
function GroupTitle({ count, children }: { count?: number; children: ReactNode }) {
  const format = new Intl.NumberFormat(useLocale());
  return (
    <h3 className="group-title">
      {children} {count !== undefined && <span className="group-count">{format.format(count)}</span>}
    </h3>
  );
}
