import { useLocale, useTranslations } from "next-intl";
import { localePath } from "@/lib/i18n/locales";

/** The way to the list as a file, where the letter offers that. */
export function ListFiles({ slug }: { slug: string }) {
  const t = useTranslations("signatories.files");
  const locale = useLocale();
  const path = localePath(locale, `/letters/${slug}/signatories`);
  return (
    <p className="quiet">
      {t.rich("links", {
        csv: (words) => <a href={`${path}.csv`}>{words}</a>,
        json: (words) => <a href={`${path}.json`}>{words}</a>,
      })}
    </p>
  );
}
