import { useTranslations } from "next-intl";
import { alikePath } from "@/app/_components/bulk/paths";
import type { Alike } from "@/lib/bulk/alike";
import { writeNetworkCode } from "@/lib/bulk/condition-fields";

type Props = { id: string; alike: Alike; mayChoose: boolean; locale: string };

/** Where a signature comes from, and how many others of its letter do: a step away from choosing them together. */
export function AlikeList({ id, alike: { network, domain }, mayChoose, locale }: Props) {
  const t = useTranslations("bulk.alike");
  const choose = (by: "network" | "domain") =>
    mayChoose && (
      <>
        {" "}
        <a href={alikePath(locale, id, by)}>{t("choose")}</a>
      </>
    );
  return (
    <section aria-labelledby="alike">
      <h2 id="alike">{t("title")}</h2>
      <ul className="admin-evidence">
        {network && (
          <li>
            {t.rich("network", {
              count: network.others,
              code: () => <code dir="ltr">{writeNetworkCode(network.code)}</code>,
            })}
            {network.others > 0 && choose("network")}
          </li>
        )}
        <li>
          {t.rich("domain", { count: domain.others, code: () => <code dir="ltr">{domain.domain}</code> })}
          {domain.others > 0 && choose("domain")}
        </li>
      </ul>
    </section>
  );
}
