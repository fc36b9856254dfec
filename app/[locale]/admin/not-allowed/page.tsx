import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Message } from "@/app/_components/message";
import { answerWithStatus } from "@/app/_forms/form-state";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { localePath } from "@/lib/i18n/locales";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.notAllowed" }))("title") };
}

/** Where an administrator arrives who opened a page that their role does not open. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "session.own");
  answerWithStatus(403);
  const t = await getTranslations("admin.notAllowed");
  return (
    <AdminFrame locale={locale} admin={admin}>
      <Message title={t("title")}>
        <p>{t(admin.letters ? "someLetters" : "text")}</p>
        <p>
          <a href={localePath(locale, "/admin")}>{t("overview")}</a>
        </p>
      </Message>
    </AdminFrame>
  );
}
