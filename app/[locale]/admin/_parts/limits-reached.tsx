import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { MAIL_LIMITS } from "@/lib/abuse/limits/limits";
import { localePath } from "@/lib/i18n/locales";
import type { LetterOverview, ReachedLimits } from "@/lib/moderation/overview";

const HOUR_MS = 3_600_000;

export type Reached = { name: string; words: ReactNode };

/** The limits that are reached now, a sentence each. */
export function useReachedLimits(
  limits: ReachedLimits,
  letters: LetterOverview[],
  locale: string,
): Reached[] {
  const t = useTranslations("admin.overview.limits");
  const { count, windowMs } = MAIL_LIMITS.unchecked;
  const mails = (words: ReactNode) => <a href={localePath(locale, "/admin/emails")}>{words}</a>;
  const { unchecked, waiting, domains } = limits;
  const lines = {
    signings: limits.signings && t("signings"),
    letter: letters.some(({ pressed }) => pressed) && t("letter"),
    unchecked: unchecked > 0 && t("unchecked", { count: unchecked, most: (count * HOUR_MS) / windowMs }),
    waiting: waiting && t("waiting", waiting),
    domains: domains > 0 && t.rich("domains", { count: domains, mails }),
  };
  return Object.entries(lines).flatMap(([name, words]) => (words ? [{ name, words }] : []));
}
