import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { When } from "@/app/_components/admin/when";
import { writeNetworkCode } from "@/lib/bulk/condition-fields";
import type { KeptConditions } from "@/lib/bulk/sealed-conditions";

type Props = {
  conditions: KeptConditions;
  letter: string;
  /** Of an act that was run. */
  reason?: string;
};

/** The conditions of a bulk act in words; those that were not given are left out. */
export function ConditionsList({ conditions, letter, reason }: Props) {
  const t = useTranslations("bulk");
  const words = useTranslations("flags");
  const { states, domains, networks, from, until, flags, quarantines, text } = conditions;
  const { forgottenNetworks: forgotten = 0 } = conditions;
  const marks = [
    ...flags.map((flag) => words(`short.${flag}`)),
    ...quarantines.map((why) => words(`quarantine.${why}`)),
  ];
  return (
    <dl className="admin-facts">
      {reason && <Fact name={t("reason")} values={[reason]} />}
      <Fact name={t("letter")} values={[letter]} />
      <Fact name={t("states")} values={states.map((state) => t(`state.${state}`))} />
      <Fact name={t("domains")} values={domains} code />
      <Fact name={t("networks")} values={networks.map(writeNetworkCode)} code />
      {forgotten > 0 && <Row name={t("networks")}>{t("forgottenNetworks", { count: forgotten })}</Row>}
      {from && <Row name={t("from")}>{<When at={new Date(from)} />}</Row>}
      {until && <Row name={t("until")}>{<When at={new Date(until)} />}</Row>}
      <Fact name={t("marks")} values={marks} className="bulk-marks" />
      <Fact name={t("text")} values={text ? [text] : []} />
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
