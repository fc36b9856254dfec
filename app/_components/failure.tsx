import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { SitePage } from "@/app/_components/site-page";

/** What stands where a page should be that could not be made. Needs nothing but its words. */
export function Failure({ locale }: { locale: string }) {
  const t = useTranslations("site.failure");
  return (
    <SitePage locale={locale} path="/">
      <title>{t("title")}</title>
      <Message title={t("title")}>
        <p>{t("text")}</p>
      </Message>
    </SitePage>
  );
}
