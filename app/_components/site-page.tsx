import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Organiser, SiteFooter } from "@/app/_components/site-footer";

type Props = {
  locale: string;
  /** Path and query of this page without its language, for the links to its other languages. */
  path: string;
  /** Who answers for what the page shows; absent where no letter is concerned. */
  organiser?: Organiser;
  /** What stands above the content, such as the way back to the letter. */
  header?: ReactNode;
  children: ReactNode;
};

/** The frame of a page: skip link, header, content, footer. */
export function SitePage({ locale, path, organiser, header, children }: Props) {
  const t = useTranslations("site");
  return (
    <>
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      {header && (
        <header className="sheet">
          <div className="site-header">{header}</div>
        </header>
      )}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <SiteFooter locale={locale} path={path} organiser={organiser} />
    </>
  );
}
