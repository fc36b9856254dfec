import { useTranslations } from "next-intl";
import { MAIL_LIMITS } from "@/lib/abuse/limits/limits";
import { localePath } from "@/lib/i18n/locales";
import type { ReachedLimits } from "@/lib/moderation/overview";

const HOUR_MS = 3_600_000;

/** The limits that are reached now; nothing where none is. */
export function LimitsReached({ limits, locale }: { limits: ReachedLimits; locale: string }) {
  const t = useTranslations("admin.overview.limits");
  const { count, windowMs } = MAIL_LIMITS.unchecked;
  const mails = (words: React.ReactNode) => <a href={localePath(locale, "/admin/mails")}>{words}</a>;
  const lines = [
    limits.signings && t("signings"),
    limits.unchecked && t("unchecked", { count: limits.unchecked, most: (count * HOUR_MS) / windowMs }),
    limits.waiting && t("waiting", limits.waiting),
    limits.domains > 0 && t.rich("domains", { count: limits.domains, mails }),
  ].filter((line) => line !== false && line !== null && line !== 0);
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="limits">
      <h2 id="limits">{t("title")}</h2>
      <ul>
        {lines.map((line, place) => (
          <li key={String(place)}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
