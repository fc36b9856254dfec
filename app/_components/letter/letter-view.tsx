import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Day } from "@/app/_components/letter/date";
import { LetterData } from "@/app/_components/letter/letter-data";
import { LetterHead } from "@/app/_components/letter/letter-head";
import { LetterText } from "@/app/_components/letter/letter-text";
import { Organisers } from "@/app/_components/letter/organisers";
import { PressLink } from "@/app/_components/letter/press-link";
import { Printed } from "@/app/_components/letter/printed";
import { Questions } from "@/app/_components/letter/questions";
import { RelatedLinks } from "@/app/_components/letter/related-links";
import { Share } from "@/app/_components/letter/share";
import { SignActions, SignBar } from "@/app/_components/letter/sign-actions";
import { Undersigned, type UndersignedProps } from "@/app/_components/letter/undersigned";
import { WhatHappened } from "@/app/_components/letter/what-happened";
import type { Tally } from "@/lib/counts/rules";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";
import { readSite } from "@/lib/site/cached";

type Props = { letter: LetterPage; first: string[] } & Omit<
  UndersignedProps,
  "slug" | "expertWords" | "largeSince"
>;

/** The letter's page from its title to who runs it. */
export function LetterView({ letter, first, ...signed }: Props) {
  const { locale, tally } = signed;
  const open = letter.status === "open";
  return (
    <Printed letter={letter} locale={locale} path={`/letters/${letter.slug}`}>
      <LetterData letter={letter} locale={locale} />
      <LetterHead letter={letter} tally={tally} first={first} locale={locale} />
      <div className="after-actions">
        <div className="sheet">
          <article className="letter-text row">
            <LetterNotes letter={letter} locale={locale} />
            <div className="main">
              <LetterText letter={letter} locale={locale} />
              <LetterEnd letter={letter} tally={tally} locale={locale} />
            </div>
          </article>
          <Undersigned
            slug={letter.slug}
            expertWords={letter.words.experts}
            largeSince={letter.largeSince}
            {...signed}
          />
          <WhatHappened letter={letter} />
          <Questions letter={letter} locale={locale} />
          <RelatedLinks links={letter.links} />
          <About letter={letter} locale={locale} named={tally.total > 0} />
        </div>
        {open && <SignBar locale={locale} letter={letter} />}
      </div>
    </Printed>
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

/** The moment after the last sentence: to sign, and to pass the letter on. */
function LetterEnd({ letter, tally, locale }: { letter: LetterPage; tally: Tally; locale: string }) {
  const t = useTranslations("letter.sign");
  return (
    <div className="letter-end">
      {letter.status === "open" && (
        <section aria-labelledby="add-your-name">
          <h2 className="group-title" id="add-your-name">
            {t("end")}
          </h2>
          <SignActions locale={locale} letter={letter} headed />
        </section>
      )}
      <Share letter={letter} tally={tally} />
    </div>
  );
}

/** Whom journalists can ask, where the letter is theirs who run the site. */
async function PressContact({ organisers }: LetterPage) {
  const { pressContact, organiserName } = await readSite();
  const t = await getTranslations("letter.about");
  if (!pressContact || !organisers.some(({ name }) => name === organiserName)) return null;
  return <p>{t.rich("press", { contact: () => <bdi className="organiser-words">{pressContact}</bdi> })}</p>;
}

type AboutProps = { letter: LetterPage; locale: string; named: boolean };

function About({ letter, locale, named }: AboutProps) {
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
        <PressContact {...letter} />
        <PressLink slug={letter.slug} named={named} />
      </div>
    </section>
  );
}
