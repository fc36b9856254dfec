import { useTranslations } from "next-intl";
import { Day } from "@/app/_components/letter/date";
import { LetterHead } from "@/app/_components/letter/letter-head";
import { LetterText } from "@/app/_components/letter/letter-text";
import { Organisers } from "@/app/_components/letter/organisers";
import { Questions } from "@/app/_components/letter/questions";
import { RelatedLinks } from "@/app/_components/letter/related-links";
import { SignBar, SignSentence } from "@/app/_components/letter/sign-actions";
import { Undersigned, type UndersignedProps } from "@/app/_components/letter/undersigned";
import { WhatHappened } from "@/app/_components/letter/what-happened";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import type { PublicSignatory } from "@/lib/signatories/public-list";

type Props = { letter: LetterPage; pinned: PublicSignatory[] } & Omit<
  UndersignedProps,
  "slug" | "expertWords" | "largeSince"
>;

/** The letter's page from its title to who runs it. */
export function LetterView({ letter, pinned, ...signed }: Props) {
  const { locale, tally } = signed;
  const open = letter.status === "open";
  return (
    <>
      <LetterHead letter={letter} tally={tally} pinned={pinned} locale={locale} />
      <div className="after-actions">
        <div className="sheet">
          <article className="letter-text row">
            <LetterNotes letter={letter} locale={locale} />
            <div className="main">
              <LetterText letter={letter} locale={locale} />
              {open && <SignSentence locale={locale} letter={letter} />}
            </div>
          </article>
          <WhatHappened letter={letter} />
          <Undersigned
            slug={letter.slug}
            expertWords={letter.words.experts}
            largeSince={letter.largeSince}
            {...signed}
          />
          <Questions letter={letter} locale={locale} />
          <RelatedLinks links={letter.links} />
          <About letter={letter} locale={locale} />
        </div>
        {open && <SignBar locale={locale} letter={letter} />}
      </div>
    </>
  );
}

function LetterNotes({ letter, locale }: { letter: LetterPage; locale: string }) {
  const t = useTranslations();
  const { slug, opensAt, versionNumber } = letter;
  const version = localePath(locale, `/letters/${slug}/versions/${versionNumber}`);
  return (
    <div className="letter-date">
      {opensAt && <p>{t.rich("letter.published", { time: () => <Day date={opensAt} /> })}</p>}
      {versionNumber > 1 && (
        <p>
          {t.rich("letters.public.version", {
            number: versionNumber,
            version: (words) => <a href={version}>{words}</a>,
          })}
        </p>
      )}
    </div>
  );
}

function About({ letter, locale }: { letter: LetterPage; locale: string }) {
  const t = useTranslations("letter.about");
  return (
    <section className="section row" aria-labelledby="about">
      <h2 className="section-title" id="about">
        {t("title")}
      </h2>
      <div className="main prose">
        <p>{t.rich("text", { organisers: () => <Organisers letter={letter} locale={locale} /> })}</p>
        {letter.contact && (
          <p>
            {t.rich("contact", {
              address: () => (
                <a href={`mailto:${letter.contact}`}>
                  <bdi dir="ltr">{letter.contact}</bdi>
                </a>
              ),
            })}
          </p>
        )}
      </div>
    </section>
  );
}
