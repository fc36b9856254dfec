import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { listPath, nearbyPages } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-address";
import type { ListPage } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/read-list";
import { localePath } from "@/lib/i18n/locales";

type Props = { slug: string; list: ListPage };

/** Links to the other pages of the list: by number near its beginning, else to the next and the previous one. */
export function ListPages({ slug, list: { choice, from, next, previous, lastPage } }: Props) {
  const t = useTranslations("signatories.pages");
  const numbered = from !== null;
  if (numbered && lastPage <= 1 && !next) return null;
  const page = (number: number) => ({ ...choice, page: number, after: "", before: "" });
  const back = numbered
    ? choice.page > 1 && page(choice.page - 1)
    : previous && { ...page(1), before: previous };
  const on = next ? { ...page(1), after: next } : numbered && choice.page < lastPage && page(choice.page + 1);
  return (
    <nav aria-label={t("title")}>
      <ul className="pages">
        {!numbered && <PageLink slug={slug} choice={page(1)} label={t("first")} />}
        {back && <PageLink slug={slug} choice={back} rel="prev" label={t("previous")} />}
        {numbered &&
          nearbyPages(choice.page, lastPage).map((number) => (
            <PageLink
              key={number}
              slug={slug}
              choice={page(number)}
              current={number === choice.page}
              label={number}
            >
              <span className="visually-hidden">{t("page", { number })}</span>
            </PageLink>
          ))}
        {on && <PageLink slug={slug} choice={on} rel="next" label={t("next")} />}
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
