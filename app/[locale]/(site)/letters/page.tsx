import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { localePath } from "@/lib/i18n/locales";
import { everPublished, type LetterPage, listedLetters } from "@/lib/letters/cached";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "letters.index" });
  return pageMetadata({ locale, path: "/letters", title: t("title"), description: t("description") });
}

/** All letters that are listed: the open ones, then the closed ones. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const letters = await listedLetters(locale);
  const t = await getTranslations("letters.index");
  return (
    <SitePage locale={locale} path="/letters">
      <div className="sheet">
        <div className="page-head row">
          <div className="main">
            <h1 className="page-title">{t("title")}</h1>
            {letters.length === 0 && <p>{t((await everPublished()) ? "noneNow" : "none")}</p>}
          </div>
        </div>
        <Group status="open" letters={letters} locale={locale} />
        <Group status="closed" letters={letters} locale={locale} />
      </div>
    </SitePage>
  );
}

type GroupProps = { status: "open" | "closed"; letters: LetterPage[]; locale: string };

function Group({ status, letters, locale }: GroupProps) {
  const t = useTranslations("letters.index");
  const shown = letters.filter((letter) => letter.status === status);
  if (shown.length === 0) return null;
  return (
    <section className="section row" aria-labelledby={status}>
      <h2 className="section-title" id={status}>
        {t(status)}
      </h2>
      <ul className="main letter-index">
        {shown.map(({ slug, title, standfirst, organiserName, textLocale }) => (
          <li key={slug}>
            <h3 {...letterLanguage(textLocale, locale)}>
              <a href={localePath(locale, `/letters/${slug}`)}>{title}</a>
            </h3>
            <p {...letterLanguage(textLocale, locale)}>{standfirst}</p>
            <p className="note">
              <bdi>{organiserName}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
