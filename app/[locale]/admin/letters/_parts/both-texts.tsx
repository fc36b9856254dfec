import { useTranslations } from "next-intl";
import { Difference } from "@/app/_components/letter/difference";
import { When } from "@/app/[locale]/admin/_parts/when";
import { compareLetters } from "@/lib/letters/difference/compare";
import type { DraftView } from "@/lib/letters/organiser-queries";
import type { LetterTexts } from "@/lib/letters/rules";

type Props = { draft: DraftView; typed: LetterTexts; language: string; locale: string };

/** For one whose text came second: what the other one has saved, against what they have typed. */
export function BothTexts({ draft, typed, language, locale }: Props) {
  const t = useTranslations("letters.text.both");
  const { savedAt, savedBy, text } = draft;
  return (
    <section className="notice letter-both" aria-labelledby="both-texts">
      <h2 id="both-texts">{t("title")}</h2>
      {savedAt && savedBy && (
        <p>
          {t.rich("by", { who: () => <bdi dir="ltr">{savedBy}</bdi>, time: () => <When at={savedAt} /> })}
        </p>
      )}
      <p>{t("text")}</p>
      <Difference blocks={compareLetters(text, typed, language)} language={language} locale={locale} />
      <p>
        <a href={`?language=${language}`}>{t("theirs")}</a>
      </p>
    </section>
  );
}
