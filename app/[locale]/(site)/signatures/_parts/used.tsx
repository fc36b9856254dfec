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

type Props = { entries: ConfirmedEntry[]; locale: string };

/** A link that has done its work: how the signatures stand now, and whether their names are shown. */
export function Used({ entries, locale }: Props) {
  const t = useTranslations("confirming");
  const shown = entries.flatMap(({ state, visibility, slug }) =>
    isStanding(state) ? [{ words: `used.${state}.${visibility}`, slug }] : [],
  );
  const [first, ...others] = shown;
  if (!first) return null;
  const letter = `/letters/${first.slug}`;
  return (
    <Message title={t(`${first.words}.title`)}>
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
