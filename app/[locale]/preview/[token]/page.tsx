import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import { Moment } from "@/app/_components/letter/date";
import { Headline } from "@/app/_components/letter/headline";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { LetterText } from "@/app/_components/letter/letter-text";
import { LetterTitle } from "@/app/_components/letter/letter-title";
import { Recipients } from "@/app/_components/letter/recipients";
import { Message } from "@/app/_components/message";
import { NotFound } from "@/app/_components/not-found";
import { OrganiserName } from "@/app/_components/organiser-name";
import { SitePage } from "@/app/_components/site-page";
import { answerWithStatus } from "@/app/_forms/form-state";
import { type PreviewLetter, readPreview } from "@/lib/letters/previews/read-preview";

type Props = { params: Promise<{ locale: string; token: string }> };

/** Anyone who follows a link out of the draft tells nobody where it is. */
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: "no-referrer" };

/** A letter that is not published, for anyone who holds a link to it. */
export default async function Page({ params }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  const shown = await readPreview(token, locale, new Date());
  if (!shown) return <NotFound locale={locale} />;
  if (shown.is !== "open") return <Over why={shown.is} locale={locale} />;
  return <Draft letter={shown.letter} locale={locale} token={token} />;
}

function Over({ why, locale }: { why: "expired" | "revoked"; locale: string }) {
  answerWithStatus(410);
  const t = useTranslations("letters.draft");
  return (
    <SitePage locale={locale} path="/">
      <title>{t(`${why}.title`)}</title>
      <Message title={t(`${why}.title`)}>
        <p>{t(`${why}.text`)}</p>
      </Message>
    </SitePage>
  );
}

function Draft({ letter, locale, token }: { letter: PreviewLetter; locale: string; token: string }) {
  const t = useTranslations();
  const { organiserName, organiserUrl, title, standfirst, tally, expiresAt } = letter;
  const language = letterLanguage(letter.textLocale, locale);
  return (
    <SitePage
      locale={locale}
      path={`/preview/${token}`}
      organiser={{ name: organiserName, url: organiserUrl }}
    >
      <title>{t("letters.draft.title", { title })}</title>
      <div className="sheet draft-mark">
        <p className="notice">
          <strong>{t("letters.draft.mark")}</strong>{" "}
          {t.rich("letters.draft.text", { time: () => <Moment date={expiresAt} /> })}
        </p>
      </div>
      <header className="sheet">
        <div className="letter-head row">
          <div className="main">
            <p className="organiser">
              {t.rich("letter.from", {
                organisers: () => <OrganiserName url={organiserUrl}>{organiserName}</OrganiserName>,
              })}
            </p>
            <Recipients letter={letter} locale={locale} />
            <LetterTitle {...{ title, locale }} textLocale={letter.textLocale} />
            {standfirst && (
              <p className="standfirst" {...language}>
                {standfirst}
              </p>
            )}
            <Headline tally={tally} open={false} />
          </div>
        </div>
      </header>
      <div className="sheet">
        <article className="letter-text row">
          <div className="main">
            <LetterText letter={letter} locale={locale} />
          </div>
        </article>
      </div>
    </SitePage>
  );
}
