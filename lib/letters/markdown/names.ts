/**
 * What a letter's parts are called in its own language, mostly for people who hear the page: letters can be
 * in more languages than the interface. `{n}` is a number.
 */
type Names = { to: string; notes: string; note: string; back: string; backAgain: string; table: string };

const NAMES: Record<string, Names> = {
  en: {
    to: "To:",
    notes: "Footnotes",
    note: "Footnote {n}",
    back: "Back to footnote {n} in the text",
    backAgain: "Back to footnote {n} in the text, place {place}",
    table: "Table {n}",
  },
  ar: {
    to: "إلى:",
    notes: "الحواشي",
    note: "الحاشية {n}",
    back: "العودة إلى الحاشية {n} في النص",
    backAgain: "العودة إلى الحاشية {n} في النص، الموضع {place}",
    table: "الجدول {n}",
  },
  de: {
    to: "An:",
    notes: "Fußnoten",
    note: "Fußnote {n}",
    back: "Zurück zu Fußnote {n} im Text",
    backAgain: "Zurück zu Fußnote {n} im Text, Stelle {place}",
    table: "Tabelle {n}",
  },
  es: {
    to: "A:",
    notes: "Notas",
    note: "Nota {n}",
    back: "Volver a la nota {n} en el texto",
    backAgain: "Volver a la nota {n} en el texto, lugar {place}",
    table: "Tabla {n}",
  },
  fr: {
    to: "À :",
    notes: "Notes",
    note: "Note {n}",
    back: "Revenir à la note {n} dans le texte",
    backAgain: "Revenir à la note {n} dans le texte, occurrence {place}",
    table: "Tableau {n}",
  },
  tr: {
    to: "Kime:",
    notes: "Dipnotlar",
    note: "Dipnot {n}",
    back: "Metinde {n} numaralı dipnota dön",
    backAgain: "Metinde {n} numaralı dipnota dön, yer {place}",
    table: "Tablo {n}",
  },
  ug: {
    to: "كىمگە:",
    notes: "ئىزاھاتلار",
    note: "{n}-ئىزاھات",
    back: "تېكىستتىكى {n}-ئىزاھاتقا قايتىش",
    backAgain: "تېكىستتىكى {n}-ئىزاھاتقا قايتىش، {place}-ئورۇن",
    table: "{n}-جەدۋەل",
  },
  "zh-Hans": {
    to: "致：",
    notes: "脚注",
    note: "脚注 {n}",
    back: "返回正文中的脚注 {n}",
    backAgain: "返回正文中的脚注 {n}，第 {place} 处",
    table: "表 {n}",
  },
};

/** Makes the function that names a part in a letter's language; English where it has none of ours. */
export function partNames(language: string) {
  const names = NAMES[language] ?? (NAMES.en as Names);
  return (part: keyof Names, n = 0, place = 0) =>
    names[part].replace("{n}", String(n)).replace("{place}", String(place));
}
