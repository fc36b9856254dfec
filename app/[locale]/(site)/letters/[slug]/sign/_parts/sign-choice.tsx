import { useTranslations } from "next-intl";
import { signPath } from "@/app/_components/letter/sign-actions";
import { localePath } from "@/lib/i18n/locales";

/** The choice between the two forms, where an address has not made it. */
export function SignChoice({ slug, locale }: { slug: string; locale: string }) {
  const t = useTranslations("signing");
  return (
    <div className="sheet">
      <div className="page-head row">
        <div className="main message">
          <h1 className="page-title">{t("choice.title")}</h1>
          <ul className="choices">
            {(["organisation", "individual"] as const).map((as) => (
              <li key={as}>
                <p id={`about-${as}`}>{t(`choice.${as}`)}</p>
                <a
                  className="button"
                  href={localePath(locale, signPath(slug, as))}
                  aria-describedby={`about-${as}`}
                >
                  {t(`title.${as}`)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
