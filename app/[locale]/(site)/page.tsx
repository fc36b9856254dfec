import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { letterMetadata } from "@/app/_components/letter/letter-metadata";
import { LetterView } from "@/app/_components/letter/letter-view";
import { readSignatories } from "@/app/_components/letter/read-signatories";
import { Message } from "@/app/_components/message";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { localePath } from "@/lib/i18n/locales";
import { everPublished, featuredLetter } from "@/lib/letters/cached";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const letter = await featuredLetter(locale);
  if (letter) return letterMetadata(letter, locale);
  const t = await getTranslations({ locale, namespace: "site" });
  const title = t((await everPublished()) ? "empty.now" : "empty.title");
  return pageMetadata({ locale, path: "/", title, description: t("empty.text") });
}

/** The front page: the featured letter. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const letter = await featuredLetter(locale);
  if (!letter) return <Empty locale={locale} />;
  const organiser = { name: letter.organiserName, url: letter.organiserUrl };
  return (
    <SitePage locale={locale} path="/" organiser={organiser} languages={letter.languages} ownHead>
      <LetterView letter={letter} locale={locale} {...(await readSignatories(letter))} />
    </SitePage>
  );
}

/** Where no letter is published: says so, and leads to earlier ones, or those who run the site to the first. */
async function Empty({ locale }: { locale: string }) {
  const t = await getTranslations("site.empty");
  const before = await everPublished();
  const signIn = (words: ReactNode) => <a href={localePath(locale, "/admin/sign-in")}>{words}</a>;
  return (
    <SitePage locale={locale} path="/">
      <Message title={t(before ? "now" : "title")}>
        <p>{t("text")}</p>
        <p>
          {before ? (
            <a href={localePath(locale, "/letters")}>{t("all")}</a>
          ) : (
            t.rich("owners", { link: signIn })
          )}
        </p>
      </Message>
    </SitePage>
  );
}
