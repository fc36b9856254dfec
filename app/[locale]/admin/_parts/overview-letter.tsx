import { useFormatter, useTranslations } from "next-intl";
import { Headline } from "@/app/_components/letter/headline";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { StateMark } from "@/app/[locale]/admin/_parts/state-mark";
import { localePath } from "@/lib/i18n/locales";
import { type View, wholeView } from "@/lib/moderation/filters/rules";
import type { LetterOverview } from "@/lib/moderation/overview";

const STATES = ["VERIFIED", "HOLD", "APPROVED", "REJECTED", "PENDING", "WITHDRAWN", "EXPIRED"] as const;
const LISTED = ["VERIFIED", "HOLD", "APPROVED", "REJECTED"] as const satisfies View[];

type Props = {
  letter: LetterOverview;
  locale: string;
  /** Whether the signatures of a state may be opened. */
  lists: boolean;
};

/** How one letter stands: its status, its headline, its signatures by state. */
export function OverviewLetter({ letter, locale, lists }: Props) {
  const t = useTranslations("admin.overview");
  const { slug, title, textLocale, status, waiting, tally, unseen } = letter;
  const withheld = tally.withheldOrganisations + tally.withheldIndividuals;
  return (
    <section className="admin-letter" aria-labelledby={`letter-${slug}`}>
      <h2 id={`letter-${slug}`} {...letterLanguage(textLocale, locale)}>
        <a className="plain-link" href={localePath(locale, `/admin/letters/${slug}`)}>
          {title}
        </a>
      </h2>
      <p className="note">{t(`status.${status}`)}</p>
      <Headline tally={tally} open={false} />
      {withheld > 0 && <p className="note">{t("withheld", { count: withheld })}</p>}
      {unseen > 0 && <p className="note">{t("unseen", { count: unseen })}</p>}
      {waiting.onHoldPending > 0 && (
        <p className="note">{t("onHoldPending", { count: waiting.onHoldPending })}</p>
      )}
      {isSigned(letter) && <StateCounts letter={letter} locale={locale} lists={lists} />}
    </section>
  );
}

/** What is counted of a letter for whoever reads the page. */
const countsOf = ({ states, told, waiting }: LetterOverview) => {
  const counts = { ...states, VERIFIED: waiting.queue, HOLD: waiting.onHold };
  return STATES.filter((state) => state === "HOLD" || told.includes(state)).map(
    (state) => [state, counts[state] ?? 0] as const,
  );
};

/** A row of zeros says nothing that the words above it have not said. */
const isSigned = (letter: LetterOverview) => countsOf(letter).some(([, count]) => count > 0);

function StateCounts({ letter, locale, lists }: Props) {
  const t = useTranslations("admin");
  const format = useFormatter();
  return (
    <ul className="stats" aria-label={t("overview.counts")}>
      {countsOf(letter).map(([state, count]) => {
        const view = lists && LISTED.find((one) => one === state);
        const words = (
          <>
            <StateMark state={state}>{t(`views.${state}`)}</StateMark>{" "}
            <span className="stats-number">{format.number(count)}</span>
          </>
        );
        return (
          <li key={state}>
            {view ? (
              <a className="stats-cell" href={listPath(locale, letter.slug, wholeView(view))}>
                {words}
              </a>
            ) : (
              <p className="stats-cell">{words}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
