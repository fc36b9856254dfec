import { useTranslations } from "next-intl";
import { Moment } from "@/app/_components/letter/date";
import { Headline } from "@/app/_components/letter/headline";
import { signPath } from "@/app/_components/letter/sign-actions";
import type { Tally } from "@/lib/counts/rules";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

type Props = { letter: LetterPage; tally: Tally; locale: string };

/** What the list is of, the counts as of when, and the way to join. */
export function ListHead({ letter, tally, locale }: Props) {
  const t = useTranslations();
  const open = letter.status === "open";
  return (
    <div className="list-head">
      <div className="list-title">
        <h1 className="page-title">{t("signatories.title")}</h1>
        {open && (
          <a className="button" href={localePath(locale, signPath(letter.slug))}>
            {t("letter.sign.bar")}
          </a>
        )}
      </div>
      <Headline tally={tally} open={open} experts={letter.words.experts} />
      <p className="note">
        {t.rich("signatories.changed", { time: () => <Moment date={letter.updatedAt} /> })}
      </p>
    </div>
  );
}
