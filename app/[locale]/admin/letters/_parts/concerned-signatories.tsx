import { useTranslations } from "next-intl";
import type { Concerned } from "@/lib/letters/concerned";
import { type Concern, TELLING_PAUSE_MINUTES } from "@/lib/signatures/confirm-again/rules";

/** In the order of how much it means for people. */
const CONCERNS: Concern[] = ["asked", "told", "waits", "left", "none"];

/** What publishing a change means for those who have signed: who is emailed, who keeps their signature, who is asked. */
export function ConcernedSignatories({ concerned }: { concerned: Concerned }) {
  const t = useTranslations("letters.versions.concerned");
  const shown = CONCERNS.filter((concern) => concerned[concern] > 0);
  const mailed = concerned.told + concerned.asked;
  return (
    <section className="concerned" aria-labelledby="concerned">
      <h3 id="concerned">{t("title")}</h3>
      {shown.length === 0 && <p>{t("nobody")}</p>}
      <ul>
        {shown.map((concern) => (
          <li key={concern}>{t(concern, { count: concerned[concern] })}</li>
        ))}
        {concerned.unreachable > 0 && <li>{t("unreachable", { count: concerned.unreachable })}</li>}
      </ul>
      {mailed > 0 && <p className="note">{t("pause", { minutes: TELLING_PAUSE_MINUTES })}</p>}
    </section>
  );
}
