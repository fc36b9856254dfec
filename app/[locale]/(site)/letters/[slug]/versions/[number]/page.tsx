import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { BackToLetter } from "@/app/_components/letter/back-to-letter";
import { Day, Moment } from "@/app/_components/letter/date";
import { Difference, readText } from "@/app/_components/letter/difference";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { noLetter } from "@/app/_components/letter/no-letter";
import { NotFound } from "@/app/_components/not-found";
import { pageMetadata } from "@/app/_components/page-metadata";
import { SitePage } from "@/app/_components/site-page";
import { localePath } from "@/lib/i18n/locales";
import { letterPage, letterVersions, type VersionPage, versionPage } from "@/lib/letters/cached";

type Props = { params: Promise<{ locale: string; slug: string; number: string }> };

/** The number as addresses write it; anything else is no version's. */
const readNumber = (text: string) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug, number } = await params;
  const letter = await letterPage(slug, locale);
  if (!letter) return {};
  const t = await getTranslations({ locale, namespace: "letters.version" });
  return pageMetadata({
    locale,
    path: letter.listed ? `/letters/${slug}/versions/${number}` : undefined,
    title: t("title", { number: readNumber(number), title: letter.title }),
    siteName: letter.organiserName,
  });
}

/** One version of a letter: when and why it was published, and what it changed. */
export default async function Page({ params }: Props) {
  const { locale, slug, number: asked } = await params;
  setRequestLocale(locale);
  const letter = await letterPage(slug, locale);
  if (!letter) return noLetter(slug, locale, (now) => `/letters/${now}/versions/${asked}`);
  const version = await versionPage(letter, readNumber(asked), locale);
  if (!version) return <NotFound locale={locale} />;
  const versions = await letterVersions(letter);
  const t = await getTranslations("letters.version");
  const { number } = version;
  return (
    <SitePage
      locale={locale}
      path={`/letters/${slug}/versions/${number}`}
      organiser={{ name: letter.organiserName, url: letter.organiserUrl }}
      header={<BackToLetter letter={letter} locale={locale} />}
    >
      <div className="sheet">
        <div className="page-head row">
          <div className="main message">
            <h1 className="page-title">{t("heading", { number })}</h1>
            <Facts
              version={version}
              organiser={letter.organiserName}
              current={number === letter.versionNumber}
              letterPath={localePath(locale, `/letters/${slug}`)}
            />
          </div>
        </div>
        <Changes version={version} locale={locale} />
        <section className="section row" aria-labelledby="versions">
          <h2 className="section-title" id="versions">
            {t("versions")}
          </h2>
          <ul className="main links">
            {versions.map(({ number: other, createdAt }) => (
              <li key={other}>
                <a
                  href={localePath(locale, `/letters/${slug}/versions/${other}`)}
                  aria-current={other === number ? "page" : undefined}
                >
                  {t("link", { number: other })}
                </a>{" "}
                <Day date={createdAt} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </SitePage>
  );
}

function Facts({
  version: { createdAt, reason, change, number },
  organiser,
  current,
  letterPath,
}: {
  version: VersionPage;
  organiser: string;
  current: boolean;
  letterPath: string;
}) {
  const t = useTranslations("letters.version");
  return (
    <>
      <p>
        {t.rich("published", {
          organiser: () => <bdi>{organiser}</bdi>,
          time: () => <Moment date={createdAt} />,
        })}{" "}
        {number === 1 && t("first")} {current && t("current")}
      </p>
      {!current && (
        <p className="notice">{t.rich("newer", { current: (words) => <a href={letterPath}>{words}</a> })}</p>
      )}
      {reason && <p>{t.rich("reason", { reason: () => <bdi className="organiser-words">{reason}</bdi> })}</p>}
      {change && <p>{t(change)}</p>}
    </>
  );
}

function Changes({
  version: { number, blocks, textLocale },
  locale,
}: {
  version: VersionPage;
  locale: string;
}) {
  const t = useTranslations("letters.version");
  if (number === 1)
    return (
      <div className="row">
        <div className="main difference" {...letterLanguage(textLocale, locale)}>
          {blocks.map(({ kind, parts }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
            <p key={place} data-kind={kind}>
              {readText(parts.map(({ text }) => text).join(""))}
            </p>
          ))}
        </div>
      </div>
    );
  const marks = {
    ins: (words: React.ReactNode) => <ins>{words}</ins>,
    del: (words: React.ReactNode) => <del>{words}</del>,
  };
  return (
    <section className="section row" aria-labelledby="changes">
      <h2 className="section-title" id="changes">
        {t("changes", { number: number - 1 })}
      </h2>
      <div className="main">
        <p className="note difference-legend">{t.rich("legend", marks)}</p>
        <Difference blocks={blocks} language={textLocale} locale={locale} />
      </div>
    </section>
  );
}
