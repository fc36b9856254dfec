import { useTranslations } from "next-intl";
import { ConditionsList } from "@/app/_components/bulk/conditions-list";
import { OriginLists } from "@/app/_components/bulk/origin-lists";
import { againPath } from "@/app/_components/bulk/paths";
import { RunForm } from "@/app/_components/bulk/run-form";
import { SampleList } from "@/app/_components/bulk/sample-list";
import type { Draft } from "@/lib/bulk/draft";

type Props = { draft: Draft; letter: string; locale: string };

/** What was chosen: how many, which by example, and the form that runs exactly this. */
export function DraftSheet({ draft, letter, locale }: Props) {
  const t = useTranslations("bulk");
  const { id, conditions, count } = draft;
  return (
    <>
      <h1 className="admin-title">{t("chosen", { count })}</h1>
      <Effects draft={draft} />
      <section aria-labelledby="conditions">
        <h2 id="conditions">{t("conditions")}</h2>
        <ConditionsList conditions={conditions} letter={letter} />
        <p className="bulk-again">
          <a href={againPath(locale, id)}>{t("change")}</a>
        </p>
      </section>
      {count > 0 && <Choice draft={draft} locale={locale} />}
    </>
  );
}

function Effects({ draft: { states, movedOn } }: { draft: Draft }) {
  const t = useTranslations("bulk");
  return (
    <ul className="admin-evidence">
      {Object.entries(states).map(([state, some]) => (
        <li key={state}>{t(`effect.${state}`, { count: some })}</li>
      ))}
      {movedOn > 0 && <li>{t("movedOn", { count: movedOn })}</li>}
    </ul>
  );
}

function Choice({ draft, locale }: Omit<Props, "letter">) {
  const t = useTranslations("bulk");
  const { origins, sample } = draft;
  return (
    <>
      {origins.domains.length + origins.networks.length > 0 && (
        <section aria-labelledby="origins">
          <h2 id="origins">{t("origins")}</h2>
          <OriginLists draft={draft} locale={locale} />
        </section>
      )}
      <section aria-labelledby="sample">
        <h2 id="sample">{t("sample", { count: sample.length })}</h2>
        <SampleList sample={sample} locale={locale} />
      </section>
      <section aria-labelledby="run-title">
        <h2 id="run-title">{t("runTitle")}</h2>
        <RunForm draft={draft} locale={locale} />
      </section>
    </>
  );
}
