import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Logo } from "@/app/_components/logo";
import { type Organiser, SiteFooter } from "@/app/_components/site-footer";
import { localePath } from "@/lib/i18n/locales";
import type { Site } from "@/lib/site/rules";

export type SitePageProps = {
  locale: string;
  /** Path and query of this page without its language, for the links to its other languages. */
  path: string;
  /** Who answers for what the page shows, and speaks at its top; absent where no letter is concerned. */
  organiser?: Organiser;
  /** The languages that the page is there in; all of the interface's, unless given. */
  languages?: readonly string[];
  /** What stands above the content, such as the way back to the letter. */
  header?: ReactNode;
  /** Whether its own head says who speaks, as a letter's does. */
  ownHead?: boolean;
  children: ReactNode;
};

/** The frame of a page: skip link, who runs the site, header, content, footer. @param site null where it cannot be read */
export function SiteFrame({ site, ...props }: SitePageProps & { site: Site | null }) {
  const { locale, path, organiser, languages, header, ownHead, children } = props;
  const t = useTranslations("site");
  const speaker = ownHead ? "" : (organiser?.name ?? site?.organiserName ?? "");
  return (
    <>
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      {(speaker || header) && (
        <header className="sheet">
          {speaker && (
            <a className="site-mark" href={localePath(locale, "/")}>
              {site?.organiserName === speaker && <Logo site={site} />}
              <bdi>{speaker}</bdi>
            </a>
          )}
          {header && <div className="site-header">{header}</div>}
        </header>
      )}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <SiteFooter locale={locale} path={path} languages={languages} organiser={organiser} site={site} />
    </>
  );
}
