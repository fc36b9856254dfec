"use client";

import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { dateLocale } from "@/lib/i18n/locales";
import { PREVIEW_DAYS, type ShownLink } from "@/lib/letters/previews/rules";

/** The links that work, and the one that was just made: it is shown this once. */
export type Links = { links: ShownLink[]; made?: string };

/**
 * Links to the draft for people without an account, inside the form of the text: making one saves the text first, so that
 * it shows what was written, and nothing typed is left behind.
 */
export function PreviewLinks({ links, made }: Links) {
  const t = useTranslations("letters.links");
  const locale = useLocale();
  const timeZone = useTimeZone();
  const time = (at: string) =>
    new Intl.DateTimeFormat(dateLocale(locale), { ...MINUTE, timeZone }).format(new Date(at));
  return (
    <details className="letter-links" open={made !== undefined || undefined}>
      <summary>{t("title", { count: links.length })}</summary>
      <p className="hint">{t("hint")}</p>
      {made && (
        <div className="notice" role="status">
          <label>
            {t("made")}
            <input className="input" data-width="long" dir="ltr" readOnly value={made} />
          </label>
        </div>
      )}
      <div className="letter-buttons">
        <label>
          <span className="visually-hidden">{t("days")}</span>
          <select className="input" data-width="short" name="days" defaultValue={PREVIEW_DAYS[1]}>
            {PREVIEW_DAYS.map((days) => (
              <option key={days} value={days}>
                {t("for", { days })}
              </option>
            ))}
          </select>
        </label>
        <button className="button" data-quiet type="submit" name="step" value="link">
          {t("make")}
        </button>
      </div>
      <ul className="letter-rows">
        {links.map(({ id, expiresAt }) => (
          <li key={id} className="letter-buttons">
            <span>{t("until", { time: time(expiresAt) })}</span>
            <button className="admin-link" type="submit" name="step" value={`revoke.${id}`}>
              {t("revoke")} <span className="visually-hidden">{t("until", { time: time(expiresAt) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

const MINUTE = {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
} as const;
