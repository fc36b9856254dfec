import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SignatoryNames } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/signatory-names";
import { Withheld } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/withheld";
import type { Tally } from "@/lib/counts/rules";
import { localePath } from "@/lib/i18n/locales";
import type { PublicSignatory } from "@/lib/signatories/public-list";

export type UndersignedProps = {
  locale: string;
  slug: string;
  tally: Tally;
  organisations: ShownOf;
  experts: ShownOf;
};

/** The first of a kind, and how many more the list has. */
type ShownOf = { signatories: PublicSignatory[]; more: number };

/** "The undersigned": organisations, then experts, then in numbers whoever else has signed. */
export function Undersigned({ locale, slug, tally, organisations, experts }: UndersignedProps) {
  const t = useTranslations("letter.undersigned");
  const nobody = organisations.signatories.length + experts.signatories.length === 0;
  const list = localePath(locale, `/letters/${slug}/signatories`);
  return (
    <section className="section row" aria-labelledby="undersigned">
      <h2 className="section-title" id="undersigned">
        {t("title")}
      </h2>
      <div className="main">
        {nobody && tally.total === 0 && <p className="quiet">{t("empty")}</p>}
        <Group
          kind="organisations"
          shown={organisations}
          locale={locale}
          list={`${list}?kind=organisation`}
        />
        <Group kind="experts" shown={experts} locale={locale} list={`${list}?kind=expert`}>
          <p className="note">{t("identification")}</p>
        </Group>
        {tally.others > 0 && (
          <p>{t.rich("others", { count: tally.others, n: (number) => <strong>{number}</strong> })}</p>
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
  shown: ShownOf;
  locale: string;
  list: string;
  children?: ReactNode;
};

function Group({ kind, shown: { signatories, more }, locale, list, children }: GroupProps) {
  const t = useTranslations("letter.undersigned");
  if (signatories.length === 0) return null;
  return (
    <div>
      <h3 className="group-title">{t(kind)}</h3>
      <SignatoryNames signatories={signatories} locale={locale} />
      {more > 0 && (
        <p>{t.rich(`more.${kind}`, { count: more, list: (text) => <a href={list}>{text}</a> })}</p>
      )}
      {children}
    </div>
  );
}
