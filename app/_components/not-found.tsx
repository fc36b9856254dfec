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
  const t = useTranslations("site");
  return (
    <SitePage locale={locale} path="/">
      <title>{t("refused.not-found.title")}</title>
      <meta name="robots" content="noindex" />
      <Message title={t("refused.not-found.title")}>
        <p>{t("refused.not-found.text")}</p>
        <p>
          <a href={localePath(locale, "/")}>{t("notFound.home")}</a>
        </p>
      </Message>
    </SitePage>
  );
}
