import type { ReactNode } from "react";
import { SitePage } from "@/app/_components/site-page";

type Props = { locale: string; path: string; title: string; children: ReactNode };

/** A page about the site: its title, and sections beneath. */
export function AboutPage({ locale, path, title, children }: Props) {
  return (
    <SitePage locale={locale} path={path}>
      <div className="sheet">
        <div className="page-head row">
          <div className="main">
            <h1 className="page-title">{title}</h1>
          </div>
        </div>
        <div className="row">
          <div className="main about">{children}</div>
        </div>
      </div>
    </SitePage>
  );
}
