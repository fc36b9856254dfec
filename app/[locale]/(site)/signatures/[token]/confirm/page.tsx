import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { BackToLetter } from "@/app/_components/letter/back-to-letter";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { DeadLink, Resent, WithdrawnLink } from "@/app/[locale]/(site)/signatures/_parts/dead-link";
import { Used } from "@/app/[locale]/(site)/signatures/_parts/used";
import { Waiting } from "@/app/[locale]/(site)/signatures/_parts/waiting";
import { type LetterPage, letterPage } from "@/lib/letters/cached";
import { behindToken } from "@/lib/signatures/behind-token";

type Props = {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<{ sent?: string; kept?: string }>;
};

// The title says nothing about the state: it would stay in the history of a shared computer.
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "confirming.pending" });
  return pageMetadata({ locale, title: t("title") });
}

/** The page of a mailed link. It shows; only its buttons change anything. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const { sent, kept } = await searchParams;
  const path = `/signatures/${token}/confirm`;
  const shown = await content({ locale, token, path, sent: sent === "1", kept: kept === "1" });
  return (
    <SitePage locale={locale} path={path} {...shown.frame}>
      {shown.body}
    </SitePage>
  );
}

type Asked = { locale: string; token: string; path: string; sent: boolean; kept: boolean };

async function content({ locale, token, path, sent, kept }: Asked) {
  if (sent) return { frame: {}, body: <Resent locale={locale} /> };
  const behind = await behindToken(token);
  if (behind.state !== "open") {
    answerWithStatus(behind.state === "unknown" ? 404 : 410);
    const body =
      behind.state === "withdrawn" ? (
        <WithdrawnLink locale={locale} />
      ) : (
        <DeadLink state={behind.state} locale={locale} />
      );
    return { frame: {}, body };
  }
  const entries = await withLetters(behind.entries, locale);
  const letters = [...entries, ...(await withLetters(behind.confirmed, locale))].map(({ letter }) => letter);
  const frame = frameOf(letters.find((letter) => letter !== null) ?? null, locale);
  if (entries.length > 0) {
    const { confirmed } = behind;
    return { frame, body: <Waiting {...{ entries, confirmed, kept, path, locale }} /> };
  }
  return { frame, body: <Used entries={behind.confirmed} kept={kept} locale={locale} /> };
}

/** With no letter where it was taken down. */
const withLetters = <Entry extends { slug: string }>(entries: Entry[], locale: string) =>
  Promise.all(entries.map(async (entry) => ({ ...entry, letter: await letterPage(entry.slug, locale) })));

function frameOf(letter: LetterPage | null, locale: string) {
  if (!letter) return {};
  return {
    organiser: { name: letter.organiserName, url: letter.organiserUrl },
    header: <BackToLetter letter={letter} locale={locale} />,
  };
}
