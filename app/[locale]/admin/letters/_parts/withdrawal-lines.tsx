import { useFormatter, useTranslations } from "next-intl";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { publicId } from "@/lib/http/public-ids";

type Props = { lines: { id: string; name: string; day: Date }[]; action: string };

/** The lines about who withdrew, each to be removed for somebody who has no link any more. */
export function WithdrawalLines({ lines, action }: Props) {
  const t = useTranslations("letters.settings.lines");
  const format = useFormatter();
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="withdrawal-lines">
      <h2 id="withdrawal-lines">{t("title")}</h2>
      <p>{t("text")}</p>
      <ul className="rows">
        {lines.map(({ id, name, day }) => {
          const form = `remove-line.${publicId(id)}`;
          return (
            <li key={form}>
              <Form id={form} action={action} initial={formState(form)} className="admin-buttons">
                <span id={`${form}-of`}>
                  <bdi>{name}</bdi> · {format.dateTime(day, { dateStyle: "long", timeZone: "UTC" })}
                </span>
                <button className="button" data-quiet type="submit" aria-describedby={`${form}-of`}>
                  {t("submit")}
                </button>
              </Form>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
