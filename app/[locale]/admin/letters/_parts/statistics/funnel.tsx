import { scaleLinear } from "d3-scale";
import { useFormatter, useTranslations } from "next-intl";
import type { Statistics } from "@/lib/counts/statistics/statistics-of";

const STEPS = ["shown", "submitted", "confirmed", "approved"] as const;
const WIDTH = 240;

/** How many of those who saw the form got how far: bars beside their numbers. */
export function Funnel({ funnel }: { funnel: Statistics["funnel"] }) {
  const t = useTranslations("statistics");
  const format = useFormatter();
  const steps = funnel.since ? STEPS : STEPS.slice(1);
  const first = steps[0] ?? "submitted";
  const width = scaleLinear([0, Math.max(1, ...steps.map((step) => funnel[step]))], [0, WIDTH]);
  return (
    <table className="admin-counts statistics-table">
      <caption className="visually-hidden">{t("funnel")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("step")}</th>
          <th scope="col">{t("count")}</th>
          <th scope="col">{t("share")}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step}>
            <th scope="row">{t(`what.${step}`)}</th>
            <td>{format.number(funnel[step])}</td>
            <td>
              {funnel[first] > 0 &&
                format.number(funnel[step] / funnel[first], { style: "percent", maximumFractionDigits: 0 })}
            </td>
            <td>
              <svg viewBox={`0 0 ${WIDTH} 12`} className="plot-bar" aria-hidden="true">
                <rect width={width(funnel[step])} height={12} />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
