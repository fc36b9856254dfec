import { useFormatter, useTranslations } from "next-intl";
import { Headline } from "@/app/_components/letter/headline";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { localePath } from "@/lib/i18n/locales";
import { type View, wholeView } from "@/lib/moderation/filters/rules";
import type { LetterOverview } from "@/lib/moderation/overview";

const STATES = ["PENDING", "VERIFIED", "HOLD", "APPROVED", "REJECTED", "WITHDRAWN", "EXPIRED"] as const;
const LISTED = ["VERIFIED", "HOLD", "APPROVED", "REJECTED"] as const satisfies View[];

/** How one letter stands: its status, its headline, its signatures by state. */
export function OverviewLetter({ letter, locale }: { letter: LetterOverview; locale: string }) {
  const t = useTranslations("admin.overview");
  const { slug, title, textLocale, status, waiting, tally, unseen } = letter;
  const withheld = tally.withheldOrganisations + tally.withheldIndividuals;
  return (
    <section className="admin-letter" aria-labelledby={`letter-${slug}`}>
      <h2 id={`letter-${slug}`} {...letterLanguage(textLocale, locale)}>
        {status === "draft" ? title : <a href={localePath(locale, `/letters/${slug}`)}>{title}</a>}
      </h2>
      <p className="note">{t(`status.${status}`)}</p>
      {letter.pressed && <p className="notice">{t("limits.letter")}</p>}
      <Headline tally={tally} open={status === "open"} />
      {withheld > 0 && <p className="note">{t("withheld", { count: withheld })}</p>}
      {unseen > 0 && <p className="note">{t("unseen", { count: unseen })}</p>}
      <p>
        <a href={listPath(locale, wholeView("VERIFIED"))}>{t("waiting", { count: waiting.queue })}</a>
      </p>
      {waiting.onHold > 0 && (
        <p>
          <a href={listPath(locale, wholeView("HOLD"))}>{t("onHold", { count: waiting.onHold })}</a>
        </p>
      )}
      {waiting.onHoldPending > 0 && (
        <p className="note">{t("onHoldPending", { count: waiting.onHoldPending })}</p>
      )}
      <StateCounts letter={letter} locale={locale} />
    </section>
  );
}

function StateCounts({ letter, locale }: { letter: LetterOverview; locale: string }) {
  const t = useTranslations("admin");
  const format = useFormatter();
  const { states, waiting } = letter;
  const counts = { ...states, VERIFIED: waiting.queue, HOLD: waiting.onHold };
  return (
    <table className="admin-counts">
      <caption className="visually-hidden">{t("overview.counts")}</caption>
      <tbody>
        {STATES.map((state) => (
          <tr key={state}>
            <th scope="row">
              <State state={state} locale={locale} />
            </th>
            <td>{format.number(counts[state] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function State({ state, locale }: { state: (typeof STATES)[number]; locale: string }) {
  const t = useTranslations("admin.states");
  const view = LISTED.find((one) => one === state);
  return view ? <a href={listPath(locale, wholeView(view))}>{t(view)}</a> : t(state);
}
