import { getTranslations } from "next-intl/server";
import { CopyAndShare } from "@/app/_components/letter/copy-and-share";
import { Share } from "@/app/_components/letter/share";
import { shareWords } from "@/app/_components/letter/share-words";
import type { Tally } from "@/lib/counts/rules";
import { direction, isLocale, localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

type Props = {
  letter: LetterPage;
  tally: Tally;
  locale: string;
  /** The signature's own name, only where it is shown to everybody; null for all others, who are never asked to tell. */
  signed: { kind: "organisation" | "individual"; name: string } | null;
};

/**
 * Helps somebody who has just signed to pass the letter on, with a paragraph and picture for their own site.
 * For a page with scripts.
 */
export async function SignedKit({ letter, tally, locale, signed }: Props) {
  const t = await getTranslations("letter.kit");
  const words = await shareWords(letter, tally);
  // In the letter's language where the interface speaks it.
  const language = isLocale(letter.textLocale) ? letter.textLocale : locale;
  const own = signed && (await ownWords(letter, signed, words.address, language));
  const labels = { copy: t("copy"), copied: t("copied"), send: t("send") };
  return (
    <div className="signed-kit">
      <Share letter={letter} tally={tally} id={`share-${letter.slug}`} />
      <CopyAndShare text={words.text} address={words.address} labels={labels} sends />
      {own && (
        <section aria-labelledby={`own-site-${letter.slug}`}>
          <h2 className="group-title" id={`own-site-${letter.slug}`}>
            {t("ownSite")}
          </h2>
          <p className="share-address" lang={language} dir={direction(language)}>
            {own}
          </p>
          <CopyAndShare text={own} labels={labels} />
          <p>
            <a href={localePath(locale, `/letters/${letter.slug}/share.png`)} download={`${letter.slug}.png`}>
              {t("picture")}
            </a>
          </p>
        </section>
      )}
    </div>
  );
}

/** That somebody has signed. */
async function ownWords(
  { title }: LetterPage,
  { kind, name }: NonNullable<Props["signed"]>,
  address: string,
  locale: string,
) {
  const t = await getTranslations({ locale, namespace: "letter.kit" });
  return t(`own.${kind}`, { name, title, address });
}
