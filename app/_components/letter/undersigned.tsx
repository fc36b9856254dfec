import { useTranslations } from "next-intl";
import { SignatoryNames } from "@/app/_components/signatories/signatory-names";
import { Withheld } from "@/app/_components/signatories/withheld";
import type { Tally } from "@/lib/counts/rules";
import { localePath } from "@/lib/i18n/locales";
import type { PublicSignatory } from "@/lib/signatories/public-list";

export type UndersignedProps = {
  locale: string;
  slug: string;
  tally: Tally;
  organisations: PublicSignatory[];
  experts: PublicSignatory[];
};

/** "The undersigned": organisations, then experts, then in numbers whoever else has signed. */
export function Undersigned({ locale, slug, tally, organisations, experts }: UndersignedProps) {
  const t = useTranslations("letter.undersigned");
  const nobody = organisations.length + experts.length === 0;
  return (
    <section className="section row" aria-labelledby="undersigned">
      <h2 className="section-title" id="undersigned">
        {t("title")}
      </h2>
      <div className="main">
        {nobody && tally.total === 0 && <p className="quiet">{t("empty")}</p>}
        <Group title={t("organisations")} signatories={organisations} locale={locale} />
        <Group title={t("experts")} signatories={experts} locale={locale} note={t("identification")} />
        {tally.others > 0 && (
          <p>{t.rich("others", { count: tally.others, n: (number) => <strong>{number}</strong> })}</p>
        )}
        <Withheld namespace="letter.undersigned" tally={tally} />
        {tally.total > 0 && (
          <p>
            <a href={localePath(locale, `/letters/${slug}/signatories`)}>{t("all")}</a>
          </p>
        )}
      </div>
    </section>
  );
}

type GroupProps = { title: string; signatories: PublicSignatory[]; locale: string; note?: string };

function Group({ title, signatories, locale, note }: GroupProps) {
  if (signatories.length === 0) return null;
  return (
    <div>
      <h3 className="group-title">{title}</h3>
      <SignatoryNames signatories={signatories} locale={locale} />
      {note && <p className="note">{note}</p>}
    </div>
  );
}
