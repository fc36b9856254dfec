import { useTranslations } from "next-intl";
import type { NextPage } from "@/app/_components/account/next-page";
import { FRESH_MINUTES } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";

/** Stands in place of forms that decide who gets in, until the second factor is proved once more. */
export function ProveFirst({ locale, next }: { locale: string; next: NextPage }) {
  const t = useTranslations("account.again");
  return (
    <div className="account-again">
      <p>{t("text", { minutes: FRESH_MINUTES })}</p>
      <a className="button" href={localePath(locale, `/admin/second-factor?next=${next}`)}>
        {t("submit")}
      </a>
    </div>
  );
}
