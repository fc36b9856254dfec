import { useTranslations } from "next-intl";
import { Moment } from "@/app/_components/letter/date";
import { Headline } from "@/app/_components/letter/headline";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { SignActions } from "@/app/_components/letter/sign-actions";
import { OrganiserName } from "@/app/_components/organiser-name";
import type { Tally } from "@/lib/counts/rules";
import type { LetterPage } from "@/lib/letters/cached";

/** Who says what, who stands behind it, and how to join. */
export function LetterHead({ letter, tally, locale }: { letter: LetterPage; tally: Tally; locale: string }) {
  const t = useTranslations("letter");
  const language = letterLanguage(letter.textLocale, locale);
  const open = letter.status === "open";
  return (
    <header className="sheet">
      <div className="letter-head row">
        <div className="main">
          <p className="organiser">
            {t.rich("from", {
              name: letter.organiserName,
              organiser: (name) => <OrganiserName url={letter.organiserUrl}>{name}</OrganiserName>,
            })}
          </p>
          <h1 className="page-title" {...language}>
            {letter.title}
          </h1>
          <p className="standfirst" {...language}>
            {letter.standfirst}
          </p>
          <Headline tally={tally} open={open} />
          {open ? <SignActions locale={locale} slug={letter.slug} /> : <Closed closesAt={letter.closesAt} />}
          {open && letter.closesAt && <Until closesAt={letter.closesAt} />}
        </div>
      </div>
    </header>
  );
}

function Closed({ closesAt }: { closesAt: Date | null }) {
  const t = useTranslations("letter");
  return closesAt && <p className="notice">{t.rich("closed", { time: () => <Moment date={closesAt} /> })}</p>;
}

function Until({ closesAt }: { closesAt: Date }) {
  const t = useTranslations("letter");
  return <p className="note">{t.rich("until", { time: () => <Moment date={closesAt} /> })}</p>;
}
