import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { listPath, nearbyPages } from "@/app/_components/signatories/list-address";
import type { ListPage } from "@/app/_components/signatories/read-list";
import { localePath } from "@/lib/i18n/locales";

type Props = { slug: string; list: ListPage };

/** Links to the other pages of the list; nothing where there is only one. */
export function ListPages({ slug, list: { choice, hasNext, lastPage } }: Props) {
  const t = useTranslations("signatories.pages");
  const current = choice.page;
  if (current === 1 && !hasNext) return null;
  return (
    <nav aria-label={t("title")}>
      <ul className="pages">
        {current > 1 && (
          <PageLink slug={slug} choice={{ ...choice, page: current - 1 }} rel="prev" label={t("previous")} />
        )}
        {nearbyPages(current, lastPage).map((page) => (
          <PageLink
            key={page}
            slug={slug}
            choice={{ ...choice, page }}
            current={page === current}
            label={page}
          >
            <span className="visually-hidden">{t("page", { number: page })}</span>
          </PageLink>
        ))}
        {hasNext && (
          <PageLink slug={slug} choice={{ ...choice, page: current + 1 }} rel="next" label={t("next")} />
        )}
      </ul>
    </nav>
  );
}

type PageLinkProps = {
  slug: string;
  choice: ListPage["choice"];
  label: ReactNode;
  rel?: "prev" | "next";
  current?: boolean;
  /** What is read aloud in place of a bare number. */
  children?: ReactNode;
};

function PageLink({ slug, choice, label, rel, current, children }: PageLinkProps) {
  const locale = useLocale();
  return (
    <li>
      <a
        href={localePath(locale, listPath(slug, choice))}
        rel={rel}
        aria-current={current ? "page" : undefined}
      >
        {children ? <span aria-hidden="true">{label}</span> : label}
        {children}
      </a>
    </li>
  );
}
