import { getTranslations } from "next-intl/server";
import { Day } from "@/app/_components/letter/date";
import { withdrawals } from "@/lib/signatories/cached";

/** Who has withdrawn and wants it to be read; nothing where nobody does. */
export async function Withdrawals({ slug }: { slug: string }) {
  const t = await getTranslations("signatories.withdrawals");
  const lines = await withdrawals(slug);
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="withdrawals">
      <h2 className="group-title" id="withdrawals">
        {t("title")}
      </h2>
      <p className="quiet">{t("text")}</p>
      <ul>
        {lines.map(({ name, day }) => (
          <li key={`${name} ${day.toISOString()}`}>
            {t.rich("line", { name: () => <bdi>{name}</bdi>, day: () => <Day date={day} /> })}
          </li>
        ))}
      </ul>
    </section>
  );
}
