import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { localePath } from "@/lib/i18n/locales";

/**
 * What stands where nothing is, with status 404. A page returns it instead of calling `notFound()`: Next answers that
 * with an empty document which only a script fills.
 */
export function NotFound({ locale }: { locale: string }) {
  answerWithStatus(404);
  const t = useTranslations("site.notFound");
  return (
    <SitePage locale={locale} path="/">
      <title>{t("title")}</title>
      <meta name="robots" content="noindex" />
      <Message title={t("title")}>
        <p>{t("text")}</p>
        <p>
          <a href={localePath(locale, "/")}>{t("home")}</a>
        </p>
      </Message>
    </SitePage>
  );
}
