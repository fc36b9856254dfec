import { useLocale, useTranslations } from "next-intl";
import { listPath } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-address";
import type { ListPage } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/read-list";
import { localePath } from "@/lib/i18n/locales";
import { type ExpertWords, expertHeading } from "@/lib/letters/settings/expert-words";

type Props = { slug: string; list: Pick<ListPage, "choice" | "kinds">; experts: ExpertWords | null };

/** The kinds of signatories, each with how many names there are of it; a search goes on in the one that is chosen. */
export function ListKinds({ slug, list: { choice, kinds }, experts }: Props) {
  const t = useTranslations("signatories.filter");
  const locale = useLocale();
  const format = new Intl.NumberFormat(locale);
  const countOf = (wanted: string) => kinds.find(({ kind }) => kind === wanted)?.count;
  // Where all individuals are experts, one of the two says it.
  const same = countOf("individual") === countOf("expert");
  const shown = kinds.filter(
    ({ kind, count }) =>
      kind === "" || kind === choice.kind || (count > 0 && !(same && kind === "individual")),
  );
  if (shown.length < 3) return null;
  return (
    <nav aria-label={t("kind")}>
      <ul className="kinds">
        {shown.map(({ kind, count }) => (
          <li key={kind}>
            <a
              href={localePath(locale, listPath(slug, { ...choice, kind, page: 1, after: "", before: "" }))}
              aria-current={kind === choice.kind ? "page" : undefined}
            >
              {kind === "expert" && experts ? expertHeading(experts) : t(`kinds.${kind || "any"}`)}
              {!choice.q && (
                <>
                  {" "}
                  <span className="group-count">{format.format(count)}</span>
                </>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
