import type { Metadata } from "next";
import { setRequestLocale } from "next-intl/server";
import { letterMetadata } from "@/app/_components/letter/letter-metadata";
import { LetterView } from "@/app/_components/letter/letter-view";
import { noLetter } from "@/app/_components/letter/no-letter";
import { readSignatories } from "@/app/_components/letter/read-signatories";
import { SitePage } from "@/app/_components/site-page";
import { letterPage } from "@/lib/letters/cached";

type Props = { params: Promise<{ locale: string; slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params;
  const letter = await letterPage(slug, locale);
  return letter ? letterMetadata(letter, locale) : {};
}

/** A letter: its text, its counts, its signatories. */
export default async function Page({ params }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const letter = await letterPage(slug, locale);
  if (!letter) return noLetter(slug, locale);
  const organiser = { name: letter.organiserName, url: letter.organiserUrl };
  return (
    <SitePage
      locale={locale}
      path={`/letters/${slug}`}
      organiser={organiser}
      languages={letter.languages}
      ownHead
    >
      <LetterView letter={letter} locale={locale} {...(await readSignatories(letter))} />
    </SitePage>
  );
}
