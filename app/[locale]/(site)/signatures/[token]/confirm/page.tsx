import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { DeadLink, Resent } from "@/app/_components/confirming/dead-link";
import { Pending } from "@/app/_components/confirming/pending";
import { isStanding, Used } from "@/app/_components/confirming/used";
import { BackToLetter } from "@/app/_components/letter/back-to-letter";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { type LetterPage, letterPage } from "@/lib/letters/cached";
import { behindToken } from "@/lib/signatures/behind-token";

type Props = {
  params: Promise<{ locale: string; token: string }>;
  searchParams: Promise<{ sent?: string }>;
};

// The title says nothing about the state: it would stay in the history of a shared computer.
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "confirming.pending" });
  return pageMetadata({ locale, title: t("title") });
}

/** The page of a mailed link. It shows; only its button changes anything. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const { sent } = await searchParams;
  const path = `/signatures/${token}/confirm`;
  const shown = await content({ locale, token, path, sent: sent === "1" });
  return (
    <SitePage locale={locale} path={path} {...shown.frame}>
      {shown.body}
    </SitePage>
  );
}

type Asked = { locale: string; token: string; path: string; sent: boolean };

async function content({ locale, token, path, sent }: Asked) {
  if (sent) return { frame: {}, body: <Resent locale={locale} /> };
  const behind = await behindToken(token);
  const letter = "slug" in behind ? await letterPage(behind.slug, locale) : null;
  const frame = letter ? frameOf(letter, locale) : {};
  if (behind.state === "pending" && letter) {
    return {
      frame,
      body: <Pending signature={behind} letter={letter} path={path} locale={locale} />,
    };
  }
  if (behind.state === "used" && isStanding(behind.signatureState)) {
    const { signatureState: standing, visibility, slug } = behind;
    return { frame, body: <Used standing={standing} visibility={visibility} slug={slug} locale={locale} /> };
  }
  const state = behind.state === "unknown" ? "unknown" : "expired";
  answerWithStatus(state === "unknown" ? 404 : 410);
  return { frame: {}, body: <DeadLink state={state} locale={locale} /> };
}

function frameOf(letter: LetterPage, locale: string) {
  return {
    organiser: { name: letter.organiserName, url: letter.organiserUrl },
    header: <BackToLetter letter={letter} locale={locale} />,
  };
}
