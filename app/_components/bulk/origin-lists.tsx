import { useFormatter, useTranslations } from "next-intl";
import { againPath } from "@/app/_components/bulk/paths";
import { writeNetworkCode } from "@/lib/bulk/condition-fields";
import type { Draft } from "@/lib/bulk/draft";

/** Where most of the chosen signatures come from, and a way to narrow the choice to that. */
export function OriginLists({ draft: { id, origins }, locale }: { draft: Draft; locale: string }) {
  const t = useTranslations("bulk");
  const domains = origins.domains.map(({ domain, count }) => ({ name: domain, count }));
  const networks = origins.networks.map(({ code, count }) => ({ name: writeNetworkCode(code), count }));
  return (
    <div className="bulk-origins">
      {domains.length > 0 && (
        <div>
          <Counts title={t("manyDomains")} lines={domains} />
          <p className="bulk-again">
            <a href={againPath(locale, id, "domains")}>{t("narrowToDomains")}</a>
          </p>
        </div>
      )}
      {networks.length > 0 && <Counts title={t("manyNetworks")} lines={networks} />}
    </div>
  );
}

function Counts({ title, lines }: { title: string; lines: { name: string; count: number }[] }) {
  const format = useFormatter();
  return (
    <table className="admin-counts">
      <caption>{title}</caption>
      <tbody>
        {lines.map(({ name, count }) => (
          <tr key={name}>
            <th scope="row">
              <code dir="ltr">{name}</code>
            </th>
            <td>{format.number(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
