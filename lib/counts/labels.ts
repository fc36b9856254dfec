/** What is counted, in the languages that a letter can be written in and the interface doesn’t speak. */
const LABELS: Record<string, Record<"organisations" | "countries" | "experts" | "others", string>> = {
  de: { organisations: "Organisationen", countries: "Länder", experts: "Fachleute", others: "Weitere" },
  es: {
    organisations: "Organizaciones",
    countries: "Países",
    experts: "Especialistas",
    others: "Otras personas",
  },
  fr: { organisations: "Organisations", countries: "Pays", experts: "Experts", others: "Autres personnes" },
  tr: { organisations: "Kuruluşlar", countries: "Ülkeler", experts: "Uzmanlar", others: "Diğer kişiler" },
  ug: { organisations: "تەشكىلاتلار", countries: "دۆلەتلەر", experts: "مۇتەخەسسىسلەر", others: "باشقىلار" },
  "zh-Hans": { organisations: "组织", countries: "国家", experts: "专家", others: "其他人士" },
};

type Counts = Record<"organisations" | "countries" | "experts" | "others", number>;

/** Counts as labels with numbers, which need no plural forms; the numbers alone in a language without labels. */
export function countLabels(language: string, counts: Counts): string {
  const labels = LABELS[language];
  const format = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  const colon = language === "fr" ? "\u00a0: " : language === "zh-Hans" ? "：" : ": ";
  return (["organisations", "countries", "experts", "others"] as const)
    .filter((part) => counts[part] > 0)
    .map((part) => (labels ? labels[part] + colon : "") + format.format(counts[part]))
    .join(" · ");
}
