import { useTranslations } from "next-intl";
import { Ended, Until } from "@/app/_components/letter/date";
import { HeadlineLink } from "@/app/_components/letter/headline";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { LetterTitle } from "@/app/_components/letter/letter-title";
import { Organisers } from "@/app/_components/letter/organisers";
import { Recipients } from "@/app/_components/letter/recipients";
import { SignActions } from "@/app/_components/letter/sign-actions";
import { Untranslated } from "@/app/_components/letter/untranslated";
import { Logo } from "@/app/_components/logo";
import { NameList } from "@/app/_components/name-list";
import type { Tally } from "@/lib/counts/rules";
import type { LetterPage } from "@/lib/letters/cached";
import { readSite } from "@/lib/site/cached";

type Props = {
  letter: LetterPage;
  tally: Tally;
  /** Whom the head names: those whom the organiser names first, or the first of the list. */
  first: string[];
  locale: string;
};

/** Who says what, who stands behind it, and how to join. */
export function LetterHead({ letter, tally, first, locale }: Props) {
  const t = useTranslations("letter");
  const language = letterLanguage(letter.textLocale, locale);
  const open = letter.status === "open";
  return (
    <header className="sheet">
      <div className="letter-head row">
        <div className="main">
          <Mark letter={letter} />
          <p className="organiser">
            {t.rich("from", { organisers: () => <Organisers letter={letter} locale={locale} /> })}
          </p>
          <Untranslated letter={letter} locale={locale} />
          <Recipients letter={letter} locale={locale} head />
          <LetterTitle title={letter.title} textLocale={letter.textLocale} locale={locale} />
          <p className="standfirst" {...language}>
            {letter.standfirst}
          </p>
          <HeadlineLink slug={letter.slug} tally={tally} open={open} experts={letter.words.experts} />
          {first.length > 0 && <Including names={first} all={tally.total} locale={locale} />}
          {open ? <SignActions locale={locale} letter={letter} /> : <Closed letter={letter} />}
          {letter.archived && <p className="note">{t("archived")}</p>}
          {open && letter.closesAt && <OpenUntil closesAt={letter.closesAt} />}
        </div>
      </div>
    </header>
  );
}

/** Some of those who have signed, by name; or all of them. */
function Including({ names, all, locale }: { names: string[]; all: number; locale: string }) {
  const t = useTranslations("letter.headline");
  const list = () => <NameList names={names} locale={locale} />;
  return <p className="including">{names.length < all ? t.rich("including", { names: list }) : list()}</p>;
}

/** The organiser's picture, where the letter is theirs who run the site. */
async function Mark({ letter: { organiserName } }: { letter: LetterPage }) {
  const site = await readSite();
  if (!site.logo || site.organiserName !== organiserName) return null;
  return (
    <p className="letter-mark">
      <Logo site={site} />
    </p>
  );
}

/** Until when it could be signed; it can still be shared. */
function Closed({ letter: { closesAt } }: { letter: LetterPage }) {
  const t = useTranslations("letter");
  return (
    <>
      {closesAt && <p className="notice">{t.rich("closed", { time: () => <Ended at={closesAt} /> })}</p>}
      <p>
        <a href="#share">{t("share.title")}</a>
      </p>
    </>
  );
}

function OpenUntil({ closesAt }: { closesAt: Date }) {
  const t = useTranslations("letter");
  return <p className="note">{t.rich("until", { time: () => <Until at={closesAt} /> })}</p>;
}
