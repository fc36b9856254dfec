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
import { featuredLetter } from "@/lib/letters/cached";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const letter = await featuredLetter(locale);
  if (letter) return letterMetadata(letter, locale);
  const t = await getTranslations({ locale, namespace: "site" });
  return pageMetadata({ locale, path: "/", title: t("empty.title"), description: t("empty.text") });
}

/** The front page: the featured letter. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const letter = await featuredLetter(locale);
  if (!letter) return <Empty locale={locale} />;
  const organiser = { name: letter.organiserName, url: letter.organiserUrl };
  return (
    <SitePage locale={locale} path="/" organiser={organiser} ownHead>
      <LetterView letter={letter} locale={locale} {...(await readSignatories(letter))} />
    </SitePage>
  );
}

/** Before any letter is published: says so, and leads those who run the site on. */
async function Empty({ locale }: { locale: string }) {
  const t = await getTranslations("site.empty");
  const signIn = (words: ReactNode) => <a href={localePath(locale, "/admin/sign-in")}>{words}</a>;
  return (
    <SitePage locale={locale} path="/">
      <Message title={t("title")}>
        <p>{t("text")}</p>
        <p>{t.rich("owners", { link: signIn })}</p>
      </Message>
    </SitePage>
  );
}
