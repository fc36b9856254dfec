import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { localePath } from "@/lib/i18n/locales";
import type { ConfirmedEntry } from "@/lib/signatures/queries";

/** How a signature can stand whose link has done its work. */
export const STANDINGS = ["VERIFIED", "APPROVED", "REJECTED"] as const;

export type Standing = (typeof STANDINGS)[number];

/** Whether a signature's state is one that a used link can tell. */
function isStanding(state: string): state is Standing {
  return STANDINGS.some((standing) => standing === state);
}

type Props = {
  entries: ConfirmedEntry[];
  /** Whether somebody has just wanted to delete what was confirmed meanwhile. */
  kept?: boolean;
  locale: string;
};

/** Which words say how a confirmed signature stands; null where none do. */
export const standingWords = ({ state, visibility }: ConfirmedEntry) =>
  isStanding(state) ? `used.${state}.${visibility}` : null;

/** A link that has done its work: how the signatures stand now, and whether their names are shown. */
export function Used({ entries, kept, locale }: Props) {
  const t = useTranslations("confirming");
  const shown = entries.flatMap((entry) => {
    const words = standingWords(entry);
    return words ? [{ words, slug: entry.slug }] : [];
  });
  const [first, ...others] = shown;
  if (!first) return null;
  const letter = `/letters/${first.slug}`;
  return (
    <Message title={t(`${first.words}.title`)}>
      {kept && (
        <p className="notice" role="status">
          {t("kept")}
        </p>
      )}
      <p className="lead">{t(`${first.words}.text`)}</p>
      {others.length > 0 && <p>{t("alsoConfirmed", { count: others.length })}</p>}
      <p>
        <a href={localePath(locale, letter)}>{t("back")}</a>
      </p>
      <p>
        <a href={localePath(locale, `${letter}/signatories`)}>{t("list")}</a>
      </p>
    </Message>
  );
}
