import { useLocale, useTranslations } from "next-intl";
import { localePath } from "@/lib/i18n/locales";

/** The way to the letter as it is set for the press. @param named whether anybody has signed */
export function PressLink({ slug, named }: { slug: string; named: boolean }) {
  const t = useTranslations("letter.press");
  return (
    <p className="quiet not-printed">
      <a href={localePath(useLocale(), `/letters/${slug}/letter.pdf`)}>{t(named ? "link" : "linkAlone")}</a>
    </p>
  );
}
