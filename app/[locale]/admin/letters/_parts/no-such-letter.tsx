import { useTranslations } from "next-intl";
import { answerWithStatus } from "@/app/_forms/form-state";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import type { Admin } from "@/lib/auth/admin";
import { localePath } from "@/lib/i18n/locales";

/** What an administrator sees where there is no letter, with status 404. */
export function NoSuchLetter({ admin, locale }: { admin: Admin; locale: string }) {
  answerWithStatus(404);
  const t = useTranslations("letters");
  return (
    <AdminFrame locale={locale} admin={admin} current="letters">
      <h1 className="admin-title">{t("notFound")}</h1>
      <p>
        <a href={localePath(locale, "/admin/letters")}>{t("back")}</a>
      </p>
    </AdminFrame>
  );
}
