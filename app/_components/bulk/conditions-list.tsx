import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { When } from "@/app/_components/admin/when";
import { writeNetworkCode } from "@/lib/bulk/condition-fields";
import type { Conditions } from "@/lib/bulk/schemas";

/** The conditions of a bulk act in words; those that were not given are left out. */
export function ConditionsList({ conditions, letter }: { conditions: Conditions; letter: string }) {
  const t = useTranslations("bulk");
  const { states, domains, networks, from, until, flags, quarantines, text } = conditions;
  const marks = [
    ...flags.map((flag) => t(`flag.${flag}`)),
    ...quarantines.map((why) => t(`quarantine.${why}`)),
  ];
  return (
    <dl className="admin-facts">
      <Fact name={t("letter")} values={[letter]} />
      <Fact name={t("states")} values={states.map((state) => t(`state.${state}`))} />
      <Fact name={t("domains")} values={domains} code />
      <Fact name={t("networks")} values={networks.map(writeNetworkCode)} code />
      {from && <Row name={t("from")}>{<When at={new Date(from)} />}</Row>}
      {until && <Row name={t("until")}>{<When at={new Date(until)} />}</Row>}
      <Fact name={t("marks")} values={marks} />
      <Fact name={t("text")} values={text ? [text] : []} />
    </dl>
  );
}

function Fact({ name, values, code }: { name: string; values: string[]; code?: boolean }) {
  if (values.length === 0) return null;
  return (
    <Row name={name}>
      <ul className="bulk-values">
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
