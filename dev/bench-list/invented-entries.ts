import { COUNTRIES } from "@/lib/fields/countries/rules";
import type { ListSection } from "@/prisma/generated/enums";

/** An invented entry of a public list. */
type InventedEntry = {
  section: ListSection;
  country: string;
  name: string;
  affiliation: string | null;
  website: string | null;
};

const GIVEN =
  `Maria Anna Ana José Ahmed Mehmet Ayşe Fatma Łukasz Zoë Jürgen Søren Đorđe Nguyễn Siobhán Wei Li Min Ali Omar John Sarah
  David Emma Peter Elena Ivan Olga Giulia Marco Pierre Chloé Lars Ingrid Piotr Agnieszka Zoltán Ágnes Ömer Elif`
    .trim()
    .split(/\s+/);
const FAMILY =
  `Müller García Nowak Kowalczyk Ó‘Brien O’Hara Yılmaz Şahin Sørensen Petrović Wang Zhang Chen Smith Jones Rossi Dubois
  Novák Horváth Popescu Ivanova Andersson Jansen Silva Santos Khan Hussain Begum Tanaka Kim Trần Fernández Özdemir`
    .trim()
    .split(/\s+/);
const SCRIPTS = [
  { given: "محمد فاطمة علي أحمد مريم إبراهيم", family: "الخوارزمي حسين العلي منصور الأحمد يوسف", joint: " " },
  {
    given: "ئالىم ئايگۈل تۇرسۇن گۈلنار ئابدۇللا مەھمۇت",
    family: "توختى ھوشۇر قادىر ئىمىن سەيپىدىن ئابلىز",
    joint: " ",
  },
  { given: "伟 芳 娜 敏 静 丽 强 磊 军 洋 秀英 建国", family: "王 李 张 刘 陈 杨 赵 黄 周 吴", joint: "" },
  {
    given: "Иван Мария Наталья Сергей Олександр Айсұлу",
    family: "Иванова Шевченко Петров Қожахметов Достоевский",
    joint: " ",
  },
].map(({ given, family, joint }) => ({ given: given.split(" "), family: family.split(" "), joint }));
const SYLLABLES = "ba ko ri mu ten lo sha vi dor ne gal pe zu mi ran to hel qui fa wes".split(" ");
const PLACES =
  "Oxford Warsaw Istanbul Toronto Kraków Zürich Almaty Berlin Lagos Lima Osaka Leeds Bergen Graz Lyon".split(
    " ",
  );

/** A number from 0 to below one that the place decides, different for each purpose. */
function chance(place: number, purpose: number): number {
  let mixed = Math.imul(place + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

const pick = <T>(all: readonly T[], place: number, purpose: number): T =>
  // The first ones are common and the last ones rare, as with names.
  all[Math.floor(chance(place, purpose) ** 2 * all.length)] as T;

/** Made of syllables, so that many names are rare. */
function rareWord(place: number, purpose: number): string {
  const word = [0, 1, 2].map((at) => pick(SYLLABLES, place, purpose + at)).join("");
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function personName(place: number): string {
  const by = chance(place, 1);
  const script = SCRIPTS[Math.floor(by * 20)];
  if (script) return nameIn(script, place);
  const family = by < 0.5 ? rareWord(place, 20) : pick(FAMILY, place, 3);
  return [pick(GIVEN, place, 2), by > 0.8 ? rareWord(place, 30) : [], family].flat().join(" ");
}

function nameIn({ given, family, joint }: (typeof SCRIPTS)[number], place: number): string {
  const [first, last] = [pick(given, place, 2), pick(family, place, 3)];
  return joint ? `${first}${joint}${last}` : `${last}${first}`;
}

/** One of any number of invented entries: one in fifty is an organisation, one in fifty an expert. */
export function inventedEntry(place: number): InventedEntry {
  const country = pick(COUNTRIES, place, 4);
  const town = pick(PLACES, place, 5);
  if (place % 50 === 0) {
    const name = `${rareWord(place, 40)} ${pick(["Foundation", "Institute", "Union", "Watch"], place, 6)} ${place}`;
    const website = `https://${rareWord(place, 40).toLowerCase()}${place}.example.org/`;
    return { section: "ORGANISATIONS", country, name, affiliation: null, website };
  }
  const expert = place % 50 === 1;
  const affiliation = expert || chance(place, 7) < 0.4 ? `University of ${town}` : null;
  return {
    section: expert ? "EXPERTS" : "OTHERS",
    country,
    name: personName(place),
    affiliation,
    website: null,
  };
}
