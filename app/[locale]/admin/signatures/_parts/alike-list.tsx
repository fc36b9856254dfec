import { useTranslations } from "next-intl";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import type { Alike } from "@/lib/moderation/alike";
import { writeNetworkCode } from "@/lib/moderation/filters/fields";
import { type Filters, wholeView } from "@/lib/moderation/filters/rules";

type Props = { alike: Alike; slug: string; locale: string };

/** Where a signature comes from, and how many others of its letter do: a step away from seeing them together. */
export function AlikeList({ alike: { network, domain }, slug, locale }: Props) {
  const t = useTranslations("bulk.alike");
  const together = (by: Partial<Filters>) => {
    const filters = { ...wholeView("VERIFIED", "HOLD", "PENDING"), ...by };
    return (
      <>
        {" "}
        <a href={listPath(locale, slug, filters)}>{t("show")}</a>
      </>
    );
  };
  return (
    <section aria-labelledby="alike">
      <h2 id="alike">{t("title")}</h2>
      <ul className="rows">
        {network && (
          <li>
            {t.rich("network", {
              count: network.others,
              code: () => <code dir="ltr">{writeNetworkCode(network.code)}</code>,
            })}
            {network.others > 0 && together({ networks: [network.code] })}
          </li>
        )}
        <li>
          {t.rich("domain", { count: domain.others, code: () => <code dir="ltr">{domain.domain}</code> })}
          {domain.others > 0 && together({ domains: [domain.domain] })}
        </li>
      </ul>
    </section>
  );
}
