import { useFormatter, useTranslations } from "next-intl";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { GoneEditions } from "@/lib/letters/press-copy/queries";
import type { GoneFile } from "@/lib/moderation/export/queries";

type Props = { editions: GoneEditions[]; files: GoneFile[]; locale: string };

/** Copies that may be anywhere, and may name somebody who has gone since. */
export function GoneCopies({ editions, files, locale }: Props) {
  const t = useTranslations("exports");
  const format = useFormatter();
  if (editions.length + files.length === 0) return null;
  const language = new Intl.DisplayNames(locale, { type: "language" });
  return (
    <section aria-labelledby="gone">
      <h2 id="gone">{t("goneCopies.title")}</h2>
      <p>{t("goneCopies.intro")}</p>
      <ul className="rows">
        {editions.map((one) => (
          <li key={one.locale}>
            {t("goneCopies.editions", {
              language: language.of(one.locale) ?? one.locale,
              count: one.numbers.length,
              numbers: format.list(rangesOf(one.numbers, locale), { type: "unit" }),
            })}
          </li>
        ))}
        {files.map(({ format: kind, createdAt, takenAt, has }) => (
          <li key={createdAt.toISOString()}>
            {t.rich("goneCopies.file", {
              format: t(`formats.${kind}`),
              time: () => <When at={createdAt} />,
              taken: () => <When at={takenAt} />,
            })}
            {has !== "none" && (
              <>
                {" "}
                <strong>{t(`has.${has}`)}</strong>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** 1, 3, 4, 5 as "1" and "3–5". */
function rangesOf(numbers: number[], locale: string): string[] {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const words = new Intl.NumberFormat(locale);
  return ranges.map(([from, to]) => (from === to ? words.format(from) : words.formatRange(from, to)));
}
