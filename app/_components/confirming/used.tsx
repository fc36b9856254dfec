import { useTranslations } from "next-intl";
import { Message } from "@/app/_components/message";
import { localePath } from "@/lib/i18n/locales";
import type { PendingSignature } from "@/lib/signatures/queries";

/** How a signature can stand whose link has done its work. */
export const STANDINGS = ["VERIFIED", "APPROVED", "REJECTED", "WITHDRAWN"] as const;

export type Standing = (typeof STANDINGS)[number];

/** Whether a signature's state is one that a used link can tell. */
export function isStanding(state: string): state is Standing {
  return STANDINGS.some((standing) => standing === state);
}

type Props = { standing: Standing; visibility: PendingSignature["visibility"]; slug: string; locale: string };

/** A link that has done its work: how the signature stands now, and whether its name is shown. */
export function Used({ standing, visibility, slug, locale }: Props) {
  const t = useTranslations("confirming");
  const letter = `/letters/${slug}`;
  return (
    <Message title={t(`used.${standing}.${visibility}.title`)}>
      <p className="lead">{t(`used.${standing}.${visibility}.text`)}</p>
      <p>
        <a href={localePath(locale, letter)}>{t("back")}</a>
      </p>
      <p>
        <a href={localePath(locale, `${letter}/signatories`)}>{t("list")}</a>
      </p>
    </Message>
  );
}
