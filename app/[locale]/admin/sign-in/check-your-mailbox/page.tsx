import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Message } from "@/app/_components/message";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { LINK_MINUTES } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.mailbox" }))("title") };
}

/** What everybody sees who has asked for a sign-in link, administrator or not. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const t = await getTranslations("admin.mailbox");
  return (
    <AdminFrame locale={locale}>
      <Message title={t("title")}>
        <p className="lead">{t("text", { minutes: LINK_MINUTES })}</p>
        <p>{t("wait")}</p>
        <p>
          <a href={localePath(locale, "/admin/sign-in")}>{t("again")}</a>
        </p>
      </Message>
    </AdminFrame>
  );
}
