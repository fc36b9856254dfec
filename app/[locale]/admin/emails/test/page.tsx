import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { ErrorSummary } from "@/app/_forms/error-summary";
import { formState } from "@/app/_forms/form-state";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { DomainRecords } from "@/app/[locale]/admin/emails/test/_parts/domain-records";
import { localePath } from "@/lib/i18n/locales";
import type { RecordResult } from "@/lib/mail/domain-records";
import { ownSending } from "@/lib/mail/look-up-own-records";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "mails.test" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** A test mail to oneself, and what the sending domain's records say. Nothing is looked up before the button is pressed. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "site.edit");
  const t = await getTranslations("mails.test");
  const sent = formState("test-email");
  const records: RecordResult[] | null = sent?.values.records ? JSON.parse(sent.values.records) : null;
  return (
    <AdminFrame locale={locale} admin={admin} current="emails">
      <h1 className="admin-title">{t("title")}</h1>
      {records && (
        <p className="notice" role="status">
          {t.rich("sent", { address: () => <bdi dir="ltr">{admin.address}</bdi> })}
        </p>
      )}
      <p className="admin-standing">{t("intro", { domain: ownSending().domain })}</p>
      <FormMessages locale={locale}>
        <form method="post" action={localePath(locale, "/admin/emails/test")} className="admin-buttons">
          <ErrorSummary form="test-email" errors={sent?.errors ?? {}} />
          <input type="hidden" name="form" value="test-email" />
          <button className="button" type="submit">
            {t("submit")}
          </button>
        </form>
      </FormMessages>
      {records && <DomainRecords records={records} />}
    </AdminFrame>
  );
}
