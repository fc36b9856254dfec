import { useTranslations } from "next-intl";
import { OrganiserName } from "@/app/_components/organiser-name";
import { direction, LOCALES, localePath } from "@/lib/i18n/locales";
import type { Site } from "@/lib/site/rules";

export type Organiser = { name: string; url: string | null };

type Props = {
  locale: string;
  path: string;
  languages?: readonly string[];
  organiser?: Organiser;
  site: Site | null;
};

/** Who publishes the letter, who runs the site and how to reach them, the software, and the same page in other languages. */
export function SiteFooter({ locale, path, languages, organiser, site }: Props) {
  const t = useTranslations("site");
  return (
    <footer className="sheet">
      <div className="site-footer row">
        <div className="main">
          <div className="site-runner">
            <Runner organiser={organiser} site={site} />
            <nav aria-label={t("footer.pages")}>
              <ul className="site-links">
                {(["letters", "imprint", "privacy", "accessibility"] as const).map((page) => (
                  <li key={page}>
                    <a href={localePath(locale, `/${page}`)}>{t(`footer.${page}`)}</a>
                  </li>
                ))}
                {site?.footerLinks.map(({ label, url }) => (
                  <li key={`${label} ${url}`}>
                    <a href={url} rel="noopener noreferrer">
                      <bdi>{label}</bdi>
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            <p>{t("footer.software")}</p>
          </div>
          <Languages locale={locale} path={path} languages={languages} />
        </div>
      </div>
    </footer>
  );
}

function Runner({ organiser, site }: Pick<Props, "organiser" | "site">) {
  const t = useTranslations("site.footer");
  const contact = site?.contact;
  return (
    <>
      {organiser && (
        <p>
          {t.rich("organiser", {
            name: organiser.name,
            organiser: (name) => <OrganiserName url={organiser.url}>{name}</OrganiserName>,
          })}
        </p>
      )}
      {site?.organiserName && site.organiserName !== organiser?.name && (
        <p>
          {t.rich("runs", {
            name: site.organiserName,
            organiser: (name) => <OrganiserName url={site.website}>{name}</OrganiserName>,
          })}
        </p>
      )}
      {contact && (
        <p>
          {t.rich("contact", {
            contact: () => (
              <a href={`mailto:${contact}`} dir="ltr">
                {contact}
              </a>
            ),
          })}
        </p>
      )}
    </>
  );
}

function Languages({ locale, path, languages }: Pick<Props, "locale" | "path" | "languages">) {
  const t = useTranslations("site");
  const offered = LOCALES.filter((other) => other === locale || (languages?.includes(other) ?? true));
  if (offered.length === 1) return null;
  return (
    <nav aria-label={t("languages")}>
      <ul className="languages">
        {offered.map((other) => (
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
  );
}
