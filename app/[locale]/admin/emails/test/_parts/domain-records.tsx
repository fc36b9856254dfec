import { useTranslations } from "next-intl";
import type { RecordResult } from "@/lib/mail/domain-records";

/** What was found of each record, and what to add. */
export function DomainRecords({ records }: { records: RecordResult[] }) {
  const t = useTranslations("mails.test");
  return (
    <ul className="letter-rows">
      {records.map(({ kind, name, state, found, add }) => (
        <li key={kind}>
          <h2>
            {t(`kind.${kind}`)}: {t(`state.${state}`)}
          </h2>
          <p>{t(`why.${kind}`)}</p>
          {state !== "present" && <p>{t(kind === "dkim" ? `dkim.${state}` : `do.${state}`)}</p>}
          <dl className="admin-facts">
            <Fact name={t("name")} values={[name]} />
            {found.length > 0 && <Fact name={t("found")} values={found} />}
            {add && <Fact name={t(found.length > 0 ? "replace" : "add")} values={[add]} />}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, values }: { name: string; values: string[] }) {
  return (
    <div>
      <dt>{name}</dt>
      {values.map((value) => (
        <dd key={value} dir="ltr">
          <code className="record">{value}</code>
        </dd>
      ))}
    </div>
  );
}
