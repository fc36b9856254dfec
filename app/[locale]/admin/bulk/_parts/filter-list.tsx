import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { KeptFilters } from "@/lib/moderation/bulk/encrypted";
import { writeNetworkCode } from "@/lib/moderation/filters/fields";

type Props = {
  filters: KeptFilters;
  letter: string;
  /** Of a rejection that was run. */
  reason?: string | null;
};

/** The filters of a bulk action in words; those that were not given are left out. */
export function FilterList({ filters, letter, reason }: Props) {
  const t = useTranslations("bulk");
  const words = useTranslations("flags");
  const entry = useTranslations("admin.fields");
  const { views, domains, networks, from, until, flags, holds, text } = filters;
  const { forgottenNetworks: forgotten = 0 } = filters;
  const marks = [...flags.map((flag) => words(`short.${flag}`)), ...holds.map((why) => words(`hold.${why}`))];
  const name = (filter: string) => t(`filters.${filter}`);
  return (
    <dl className="admin-facts">
      {reason && <Fact name={entry("reason")} values={[reason]} />}
      <Fact name={name("letter")} values={[letter]} />
      <Fact name={name("views")} values={views.map((view) => t(`view.${view}`))} />
      <Fact name={name("domains")} values={domains} code />
      <Fact name={name("networks")} values={networks.map(writeNetworkCode)} code />
      {forgotten > 0 && <Row name={name("networks")}>{t("forgottenNetworks", { count: forgotten })}</Row>}
      {from && <Row name={name("from")}>{<When at={new Date(from)} />}</Row>}
      {until && <Row name={name("until")}>{<When at={new Date(until)} />}</Row>}
      <Fact name={t("marks")} values={marks} className="bulk-marks" />
      <Fact name={name("text")} values={text ? [text] : []} />
    </dl>
  );
}

type FactProps = { name: string; values: string[]; code?: boolean; className?: string };

function Fact({ name, values, code, className = "bulk-values" }: FactProps) {
  if (values.length === 0) return null;
  return (
    <Row name={name}>
      <ul className={className}>
        {values.map((value) => (
          <li key={value}>{code ? <code dir="ltr">{value}</code> : <bdi>{value}</bdi>}</li>
        ))}
      </ul>
    </Row>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
