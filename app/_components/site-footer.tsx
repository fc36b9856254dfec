import { useTranslations } from "next-intl";
import { OrganiserName } from "@/app/_components/organiser-name";
import { direction, LOCALES, localePath } from "@/lib/i18n/locales";

export type Organiser = { name: string; url: string | null };

type Props = { locale: string; path: string; organiser?: Organiser };

/** Who runs the site, the software, and the same page in other languages. */
export function SiteFooter({ locale, path, organiser }: Props) {
  const t = useTranslations("site");
  return (
    <footer className="sheet">
      <div className="site-footer row">
        <div className="main">
          <div>
            {organiser && (
              <p>
                {t.rich("footer.organiser", {
                  name: organiser.name,
                  organiser: (name) => <OrganiserName url={organiser.url}>{name}</OrganiserName>,
                })}
              </p>
            )}
            <p>
              <a href={localePath(locale, "/letters")}>{t("footer.letters")}</a>
            </p>
            <p>{t("footer.software")}</p>
          </div>
          <nav aria-label={t("languages")}>
            <ul className="languages">
              {LOCALES.map((other) => (
                <li key={other} lang={other} dir={direction(other)}>
                  {other === locale ? (
                    <span aria-current="true">{t(`language.${other}`)}</span>
                  ) : (
                    <a href={localePath(other, path)} hrefLang={other}>
                      {t(`language.${other}`)}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </div>
    </footer>
  );
}
