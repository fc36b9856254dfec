import { useTranslations } from "next-intl";
import { When } from "@/app/[locale]/admin/_parts/when";
import { isLocale, localePath } from "@/lib/i18n/locales";
import type { PressState } from "@/lib/letters/press-copy/queries";

type Props = { copies: PressState[]; slug: string; locale: string };

/** The letter as a PDF for journalists: which edition there is, or why there is none. */
export function PressCopies({ copies, slug, locale }: Props) {
  const t = useTranslations("exports.press");
  if (copies.length === 0) return null;
  return (
    <section aria-labelledby="press-title">
      <h2 id="press-title">{t("title")}</h2>
      <p>{t("intro")}</p>
      <ul className="rows">
        {copies.map((copy) => (
          <li key={copy.locale}>
            <Copy {...{ copy, slug, locale }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Copy({ copy, slug, locale }: Omit<Props, "copies"> & { copy: PressState }) {
  const t = useTranslations("exports.press");
  const language = new Intl.DisplayNames(locale, { type: "language" }).of(copy.locale) ?? copy.locale;
  const { edition, cutOff, leftOut } = copy;
  const problem = copy.problem && <p>{t(`problems.${copy.problem}`, { language })}</p>;
  if (edition === null || !cutOff) return problem ?? <p>{t("making", { language })}</p>;
  const path = localePath(isLocale(copy.locale) ? copy.locale : locale, `/letters/${slug}/letter.pdf`);
  return (
    <>
      <p>
        <a href={path}>{t("edition", { language, number: edition })}</a>{" "}
        <span className="note">{t.rich("cutOff", { time: () => <When at={cutOff} /> })}</span>
      </p>
      {problem}
      {leftOut > 0 && <p>{t("leftOut", { count: leftOut })}</p>}
    </>
  );
}
