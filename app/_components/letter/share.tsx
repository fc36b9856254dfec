import { getTranslations } from "next-intl/server";
import { shareWays } from "@/app/_components/letter/share-ways";
import { shareWords } from "@/app/_components/letter/share-words";
import type { Tally } from "@/lib/counts/rules";
import type { LetterPage } from "@/lib/letters/cached";

type Props = {
  letter: LetterPage;
  tally: Tally;
  /** Of its heading, where the page has several. */
  id?: string;
};

/** Passing a letter on: its address, which one press selects, and plain links that say in the letter's language what it is. */
export async function Share({ letter, tally, id = "share" }: Props) {
  const t = await getTranslations("letter.share");
  const words = await shareWords(letter, tally);
  return (
    <section className="share" aria-labelledby={id}>
      <h2 className="group-title" id={id}>
        {t("title")}
      </h2>
      <p className="share-address">
        <bdi dir="ltr">{words.address}</bdi>
      </p>
      <ul className="share-ways">
        {Object.entries(shareWays(words, letter.title)).map(([way, href]) => (
          <li key={way}>
            <a href={href} rel="noopener noreferrer">
              {t(`ways.${way}`)}
            </a>
          </li>
        ))}
      </ul>
      <p className="note">{t("paste")}</p>
    </section>
  );
}
