import { useTranslations } from "next-intl";
import { Ended, Until } from "@/app/_components/letter/date";
import { Headline } from "@/app/_components/letter/headline";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Organisers } from "@/app/_components/letter/organisers";
import { Recipients } from "@/app/_components/letter/recipients";
import { SignActions } from "@/app/_components/letter/sign-actions";
import { Logo } from "@/app/_components/logo";
import { NameList } from "@/app/_components/name-list";
import type { Tally } from "@/lib/counts/rules";
import type { LetterPage } from "@/lib/letters/cached";
import type { PublicSignatory } from "@/lib/signatories/public-list";
import { readSite } from "@/lib/site/cached";

type Props = { letter: LetterPage; tally: Tally; pinned: PublicSignatory[]; locale: string };

/** Who says what, who stands behind it, and how to join. */
export function LetterHead({ letter, tally, pinned, locale }: Props) {
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
          <Recipients letter={letter} locale={locale} />
          <h1 className="page-title" {...language}>
            {letter.title}
          </h1>
          <p className="standfirst" {...language}>
            {letter.standfirst}
          </p>
          <Headline tally={tally} open={open} experts={letter.words.experts} />
          {pinned.length > 0 && <Including names={pinned.map(({ name }) => name)} locale={locale} />}
          {open ? <SignActions locale={locale} letter={letter} /> : <Closed closesAt={letter.closesAt} />}
          {letter.archived && <p className="note">{t("archived")}</p>}
          {open && letter.closesAt && <OpenUntil closesAt={letter.closesAt} />}
        </div>
      </div>
    </header>
  );
}

/** Whom the organiser names first, of those who have signed. */
function Including({ names, locale }: { names: string[]; locale: string }) {
  const t = useTranslations("letter.headline");
  return (
    <p className="including">
      {t.rich("including", { names: () => <NameList names={names} locale={locale} /> })}
    </p>
  );
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

function Closed({ closesAt }: { closesAt: Date | null }) {
  const t = useTranslations("letter");
  return closesAt && <p className="notice">{t.rich("closed", { time: () => <Ended at={closesAt} /> })}</p>;
}

function OpenUntil({ closesAt }: { closesAt: Date }) {
  const t = useTranslations("letter");
  return <p className="note">{t.rich("until", { time: () => <Until at={closesAt} /> })}</p>;
}
