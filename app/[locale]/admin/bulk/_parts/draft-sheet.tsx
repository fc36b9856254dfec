import { useFormatter, useTranslations } from "next-intl";
import { TextAreaField } from "@/app/_components/fields/text-area-field";
import { FormMessages } from "@/app/_components/form-messages";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { actionPath, listPath } from "@/app/[locale]/admin/_parts/paths";
import { FilterList } from "@/app/[locale]/admin/bulk/_parts/filter-list";
import { QueueLines } from "@/app/[locale]/admin/signatures/_parts/queue-list";
import type { Draft } from "@/lib/moderation/bulk/preview";
import { writeNetworkCode } from "@/lib/moderation/filters/fields";

type Props = { draft: Draft; letter: { slug: string; title: string }; locale: string };

/** What was chosen: how many, which by example, and the form that runs exactly this. */
export function DraftSheet({ draft, letter, locale }: Props) {
  const t = useTranslations("bulk");
  const { filters, count, operation, states, movedOn } = draft;
  return (
    <>
      <h1 className="admin-title">{t("chosen", { count })}</h1>
      <ul className="rows">
        {Object.entries(states).map(([state, some]) => (
          <li key={state}>{t(`effect.${operation}.${state}`, { count: some })}</li>
        ))}
        {movedOn > 0 && <li>{t("movedOn", { count: movedOn })}</li>}
      </ul>
      <section aria-labelledby="filters">
        <h2 id="filters">{t("filters.title")}</h2>
        <FilterList filters={filters} letter={letter.title} />
        <p className="bulk-again">
          <a className="button" data-quiet href={listPath(locale, letter.slug, filters)}>
            {t("change")}
          </a>
        </p>
      </section>
      {count > 0 && <Choice {...{ draft, letter, locale }} />}
    </>
  );
}

function Choice({ draft, letter, locale }: Props) {
  const t = useTranslations("bulk");
  const { origins, sample } = draft;
  return (
    <>
      {origins.domains.length + origins.networks.length > 0 && (
        <section aria-labelledby="origins">
          <h2 id="origins">{t("origins")}</h2>
          <Origins {...{ draft, letter, locale }} />
        </section>
      )}
      <section aria-labelledby="sample">
        <h2 id="sample">{t("sample", { count: sample.length })}</h2>
        <QueueLines lines={sample} locale={locale} />
      </section>
      <section aria-labelledby="run-title">
        <h2 id="run-title">{t("runTitle")}</h2>
        <RunForm draft={draft} locale={locale} />
      </section>
    </>
  );
}

function RunForm({ draft: { id, count, operation }, locale }: Omit<Props, "letter">) {
  const t = useTranslations("bulk");
  return (
    <FormMessages locale={locale}>
      <Form id="run" action={actionPath(locale, id)} initial={formState("run")} className="form">
        {operation === "REJECT" && <TextAreaField name="reason" label={t("reason")} hint={t("reasonHint")} />}
        <p className="note bulk-note">{t("runHint")}</p>
        <button className="button" type="submit">
          {t(`run.${operation}`, { count })}
        </button>
      </Form>
    </FormMessages>
  );
}

/** Where most of the chosen signatures come from, and a way to narrow the choice to that. */
function Origins({ draft: { filters, origins }, letter, locale }: Props) {
  const t = useTranslations("bulk");
  const domains = origins.domains.map(({ domain, count }) => ({ name: domain, count }));
  const networks = origins.networks.map(({ code, count }) => ({ name: writeNetworkCode(code), count }));
  const these = { ...filters, domains: domains.map(({ name }) => name) };
  return (
    <div className="bulk-origins">
      {domains.length > 0 && (
        <div>
          <Counts title={t("manyDomains")} lines={domains} />
          <p className="bulk-again">
            <a className="button" data-quiet href={listPath(locale, letter.slug, these)}>
              {t("narrowToDomains")}
            </a>
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
