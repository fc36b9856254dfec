import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { answerWithStatus } from "@/app/_forms/form-state";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { sessionOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { Person } from "@/app/[locale]/admin/data/[request]/_parts/person";
import { CONFIRMED_MINUTES, isConfirmed } from "@/lib/auth/rules";
import { DomainError } from "@/lib/errors";
import { localePath } from "@/lib/i18n/locales";
import { personData } from "@/lib/retention/requests/data-request";

type Props = {
  params: Promise<{ locale: string; request: string }>;
  searchParams: Promise<{ done?: unknown }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "data.requests" }))("title") };
}

/** What is stored of the person whom an owner looked for, to hand over or to delete. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, request } = await params;
  setRequestLocale(locale);
  const { admin, mfa } = await sessionOrSignIn(locale, "data.manage");
  const now = new Date();
  const t = await getTranslations("data.requests");
  const confirmed = isConfirmed(mfa, now);
  const asked = { admin, confirmed, now, request };
  const data = confirmed ? await personData(asked, locale).catch(whenOver) : null;
  if (confirmed && !data) answerWithStatus(404);
  const { done } = await searchParams;
  return (
    <AdminFrame locale={locale} admin={admin} current="data">
      {done === "erased" && (
        <p className="notice" role="status">
          {t("done.erased")}
        </p>
      )}
      <h1 className="admin-title">{t("title")}</h1>
      {!confirmed && (
        <ConfirmFirst
          locale={locale}
          next="data"
          mfa={mfa}
          why={t("confirmFirst", { minutes: CONFIRMED_MINUTES })}
        />
      )}
      {confirmed && !data && <p>{t("over")}</p>}
      {data && (
        <FormMessages locale={locale}>
          <Person data={data} request={request} locale={locale} />
        </FormMessages>
      )}
      <p>
        <a href={localePath(locale, "/admin/data#requests")}>{t("another")}</a>
      </p>
    </AdminFrame>
  );
}

/** A request works for a while, and for its own administrator. */
function whenOver(error: unknown): null {
  if (error instanceof DomainError && error.code === "stale") return null;
  throw error;
}
