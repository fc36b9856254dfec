import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { BackToLetter } from "@/app/_components/letter/back-to-letter";
import { letterPicture } from "@/app/_components/letter/letter-metadata";
import { noLetter } from "@/app/_components/letter/no-letter";
import { PressLink } from "@/app/_components/letter/press-link";
import { Printed } from "@/app/_components/letter/printed";
import { NotFound } from "@/app/_components/not-found";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { listPath, readChoice } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-address";
import { ListFiles } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-files";
import { ListFilters } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-filters";
import { ListHead } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-head";
import { ListKinds } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-kinds";
import { ListPages } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-pages";
import { ListResult } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/list-result";
import { readList } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/read-list";
import { Withdrawals } from "@/app/[locale]/(site)/letters/[slug]/signatories/_parts/withdrawals";
import { letterPage } from "@/lib/letters/cached";

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale, slug } = await params;
  const letter = await letterPage(slug, locale);
  if (!letter) return {};
  const t = await getTranslations({ locale, namespace: "signatories" });
  const path = letter.listed ? listPath(slug, readChoice(await searchParams)) : undefined;
  const description = t("description", { title: letter.title });
  const picture = await letterPicture(letter, locale);
  return pageMetadata({
    ...{ locale, path, description, picture },
    title: t("titleOf", { title: letter.title }),
    siteName: letter.organiserName,
  });
}

/** Who has signed: organisations first, then experts, then others, page by page. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const letter = await letterPage(slug, locale);
  const choice = readChoice(await searchParams);
  if (!letter) return noLetter(slug, locale, (now) => listPath(now, choice));
  const list = await readList(slug, choice);
  if (!list) return <NotFound locale={locale} />;
  return (
    <SitePage
      locale={locale}
      path={listPath(slug, list.choice)}
      organiser={{ name: letter.organiserName, url: letter.organiserUrl }}
      header={<BackToLetter letter={letter} locale={locale} />}
    >
      <Printed letter={letter} locale={locale} path={`/letters/${slug}/signatories`}>
        <div className="sheet signatories">
          <ListHead letter={letter} tally={list.tally} locale={locale} />
          <ListKinds slug={slug} list={list} experts={letter.words.experts} />
          <ListFilters slug={slug} choice={list.choice} countries={list.countries} />
          <ListResult slug={slug} list={list} largeSince={letter.largeSince} experts={letter.words.experts} />
          <ListPages slug={slug} list={list} />
          {list.next === null && !list.choice.q && <Withdrawals slug={slug} />}
          {letter.listFiles && <ListFiles slug={slug} />}
          <PressLink slug={slug} named={list.tally.total > 0} />
        </div>
      </Printed>
    </SitePage>
  );
}
