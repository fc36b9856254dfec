import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { titleOfForm } from "@/app/_components/form-title";
import { BackToLetter } from "@/app/_components/letter/back-to-letter";
import { noLetter } from "@/app/_components/letter/no-letter";
import { signPath } from "@/app/_components/letter/sign-actions";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { isShownAgain } from "@/app/_forms/form-state";
import { ClosedLetter } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/closed-letter";
import { OtherKind } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/other-kind";
import { SignBesideLetter } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/sign-beside-letter";
import { SignChoice } from "@/app/[locale]/(site)/letters/[slug]/sign/_parts/sign-choice";
import { letterPage } from "@/lib/letters/cached";
import { type As, kindsOf } from "@/lib/letters/settings/rules";
import { proofOfWorkWanted } from "@/lib/signatories/cached";

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<{ as?: string | string[] }>;
};

const known = (as: unknown): As | undefined =>
  as === "organisation" || as === "individual" ? as : undefined;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, slug } = await params;
  const letter = await letterPage(slug, locale);
  if (!letter) return {};
  const as = known((await searchParams).as);
  const t = await getTranslations({ locale, namespace: "signing" });
  const title = await titleOfForm(as ? t(`title.${as}`) : t("choice.title"), locale);
  const description = as && t(`description.${as}`, { title: letter.title });
  return pageMetadata({
    locale,
    path: signPath(slug, as),
    title,
    description,
    siteName: letter.organiserName,
  });
}

/** The form, with the letter beside it; a plain choice where the address does not say which form. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const letter = await letterPage(slug, locale);
  const asked = known((await searchParams).as);
  if (!letter) return noLetter(slug, locale, (now) => signPath(now, asked));
  const kinds = kindsOf(letter.signing);
  const as = asked ?? (kinds.length === 1 ? kinds[0] : undefined);
  const closed = letter.status !== "open";
  // A form that was sent is shown again with what was typed, even where it may not be sent any more.
  const possible = as && (kinds.includes(as) || isShownAgain());
  const shown = closed || !possible ? undefined : as;
  const wanted = Boolean(shown) && (await proofOfWorkWanted(letter));
  return (
    <SitePage
      locale={locale}
      path={signPath(slug, as)}
      organiser={{ name: letter.organiserName, url: letter.organiserUrl }}
      header={<BackToLetter letter={letter} locale={locale} />}
    >
      {closed && <ClosedLetter letter={letter} locale={locale} />}
      {!closed && !as && <SignChoice slug={slug} locale={locale} />}
      {!closed && as && !possible && <OtherKind as={as} slug={slug} locale={locale} />}
      {shown && <SignBesideLetter as={shown} letter={letter} locale={locale} proofOfWorkWanted={wanted} />}
    </SitePage>
  );
}
