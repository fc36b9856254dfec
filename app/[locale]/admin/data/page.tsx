import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { isShownAgain } from "@/app/_forms/form-state";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { sessionOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { FindPerson } from "@/app/[locale]/admin/data/_parts/find-person";
import { KeptTable } from "@/app/[locale]/admin/data/_parts/kept-table";
import { LetterRecords, UnendedLetters } from "@/app/[locale]/admin/data/_parts/letter-records";
import { CONFIRMED_MINUTES, offersConfirmed } from "@/lib/auth/rules";
import { letterRecords, retentionPreview, unendedLetters } from "@/lib/retention/queries";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ done?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "data" }))("title") };
}

const DONE = ["months", "confirmed", "cancelled", "erased"] as const;

/** How long personal data is kept, and what is deleted next; for owners. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { admin, mfa } = await sessionOrSignIn(locale, "data.manage");
  const now = new Date();
  const t = await getTranslations("data");
  const asked = (await searchParams).done;
  const done = DONE.find((code) => code === asked);
  const confirmed = offersConfirmed(mfa, now) || isShownAgain();
  const records = await letterRecords(admin, locale, now);
  return (
    <AdminFrame locale={locale} admin={admin} current="data">
      {done && (
        <p className="notice" role="status">
          {t(`done.${done}`)}
        </p>
      )}
      <h1 className="admin-title">{t("title")}</h1>
      <p className="admin-standing">{t("intro")}</p>
      <FormMessages locale={locale}>
        <KeptTable lines={await retentionPreview(admin, now)} locale={locale} />
        <FindPerson locale={locale} mfa={mfa} confirmed={confirmed} />
        <section aria-labelledby="records">
          <h2 id="records">{t("records.title")}</h2>
          <p>{t("records.intro")}</p>
          {!confirmed && records.length > 0 && (
            <ConfirmFirst
              locale={locale}
              next="data"
              mfa={mfa}
              why={t("records.confirmFirst", { minutes: CONFIRMED_MINUTES })}
            />
          )}
          <LetterRecords records={records} locale={locale} confirmed={confirmed} />
        </section>
        <UnendedLetters letters={await unendedLetters(admin, locale)} locale={locale} />
      </FormMessages>
    </AdminFrame>
  );
}
