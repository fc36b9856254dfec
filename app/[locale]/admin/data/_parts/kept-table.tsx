import { useTranslations } from "next-intl";
import { PREVIEW_DAYS, type PreviewLine } from "@/lib/retention/queries";

/** What is deleted by itself: after how long, and how much of it next. */
export function KeptTable({ lines, locale }: { lines: PreviewLine[]; locale: string }) {
  const t = useTranslations("data.kept");
  const days = new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" });
  return (
    <section aria-labelledby="kept">
      <h2 id="kept">{t("title")}</h2>
      <table className="admin-counts">
        <thead>
          <tr>
            <th scope="col">{t("what")}</th>
            <th scope="col" className="number">
              {t("time")}
            </th>
            <th scope="col" className="number">
              {t("soon", { days: PREVIEW_DAYS })}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.what}>
              <th scope="row">{t(`lines.${line.what}`)}</th>
              <td className="number">{days.format(line.days)}</td>
              <td className="number">{t("count", { count: line.soon })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
