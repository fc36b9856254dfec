import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { SiteFrame } from "@/app/_components/site-frame";

/** What stands where a page should be that could not be made. Needs nothing but its words. */
export function Failure({ locale }: { locale: string }) {
  const t = useTranslations("site.failure");
  return (
    <SiteFrame locale={locale} path="/" site={null}>
      <title>{t("title")}</title>
      <Message title={t("title")}>
        <p>{t("text")}</p>
      </Message>
    </SiteFrame>
  );
}
