import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AdminFrame } from "@/app/_components/admin/frame";
import { ConditionsList } from "@/app/_components/bulk/conditions-list";
import { OriginLists } from "@/app/_components/bulk/origin-lists";
import { choosePath, previewPath } from "@/app/_components/bulk/paths";
import { RunForm } from "@/app/_components/bulk/run-form";
import { SampleList } from "@/app/_components/bulk/sample-list";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { previewInvalidation } from "@/lib/bulk/preview-invalidation";
import { letterChoices } from "@/lib/bulk/queries";
import { MOST_CHOSEN } from "@/lib/bulk/rules";
import { openConditions } from "@/lib/bulk/sealed-conditions";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ conditions?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "bulk" }))("previewTitle") };
}

/** What conditions choose: how many, which by example, and the form that runs exactly this. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "bulk.run");
  const t = await getTranslations("bulk");
  const sealed = String((await searchParams).conditions ?? "");
  const conditions = openConditions(sealed) ?? redirect(choosePath(locale));
  const preview = await previewInvalidation(admin, conditions);
  const letter = (await letterChoices(admin, locale)).find(({ id }) => id === conditions.letterId);
  const { count, states, origins, sample } = preview;
  return (
    <AdminFrame locale={locale} admin={admin} current="bulk">
      <h1 className="admin-title">{t("chosen", { count })}</h1>
      <ul className="admin-evidence">
        {Object.entries(states).map(([state, some]) => (
          <li key={state}>{t(`effect.${state}`, { count: some })}</li>
        ))}
      </ul>
      <section aria-labelledby="conditions">
        <h2 id="conditions">{t("conditions")}</h2>
        <ConditionsList conditions={conditions} letter={letter?.title ?? ""} />
        <p>
          <a href={choosePath(locale, sealed)}>{t("change")}</a>
        </p>
      </section>
      {count > 0 && (
        <>
          {origins.domains.length + origins.networks.length > 0 && (
            <section aria-labelledby="origins">
              <h2 id="origins">{t("origins")}</h2>
              <OriginLists origins={origins} conditions={conditions} locale={locale} />
            </section>
          )}
          <section aria-labelledby="sample">
            <h2 id="sample">{t("sample", { count: sample.length })}</h2>
            <SampleList sample={sample} locale={locale} />
          </section>
          <section aria-labelledby="run-title">
            <h2 id="run-title">{t("runTitle")}</h2>
            {count > MOST_CHOSEN ? (
              <p>{t("tooMany", { most: MOST_CHOSEN })}</p>
            ) : (
              <RunForm preview={preview} action={previewPath(locale, sealed)} locale={locale} />
            )}
          </section>
        </>
      )}
    </AdminFrame>
  );
}
