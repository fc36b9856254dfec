import { useLocale, useTranslations } from "next-intl";
import { localePath } from "@/lib/i18n/locales";

/** The way to the letter as it is set for the press. */
export function PressLink({ slug }: { slug: string }) {
  const t = useTranslations("letter.press");
  return (
    <p className="quiet not-printed">
      <a href={localePath(useLocale(), `/letters/${slug}/letter.pdf`)}>{t("link")}</a>
    </p>
  );
}
