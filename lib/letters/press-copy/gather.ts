import { headlineText } from "@/lib/counts/headline-text";
import { readTally } from "@/lib/counts/queries";
import type { Database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { type CountryNames, countryName } from "@/lib/fields/countries/rules";
import { direction, isLocale, localePath } from "@/lib/i18n/locales";
import { markupTranslator, translator } from "@/lib/i18n/translator";
import { partNames } from "@/lib/letters/markdown/names";
import { markdownTree } from "@/lib/letters/markdown/tree";
import { picturesOf } from "@/lib/letters/pictures/queries";
import { breakable, isolated, MOST_NAMES } from "@/lib/letters/press-copy/rules";
import type { PressLetter } from "@/lib/letters/press-copy/typeset";
import { letterBySlug } from "@/lib/letters/queries";
import { recipientLines } from "@/lib/letters/recipients";
import { chooseText } from "@/lib/letters/rules";
import { expertHeading } from "@/lib/letters/settings/expert-words";
import { wordsFor } from "@/lib/letters/settings/letter-words";
import { organiserNames, organisersOf } from "@/lib/letters/settings/organisers";
import { type PublicSignatory, readPublicList } from "@/lib/signatories/public-list";
import { siteNow } from "@/lib/site/queries";

/** What a copy says but for its number and time, and when readers last saw a change of it. */
export type PressContent = {
  updatedAt: Date;
  version: number;
  /** The site's. */
  zone: string;
  letter: Omit<PressLetter, "date" | "words">;
  words: Pick<PressLetter["words"], "to" | "undersigned">;
};

/** Reads all that a letter's copy says, in the caller's transaction; null where there is none of that language. */
export async function gatherPressContent(
  db: Database,
  slug: string,
  locale: string,
): Promise<PressContent | null> {
  const letter = await letterBySlug(db, slug);
  const [version] = letter?.versions ?? [];
  if (!letter || !version?.texts.some((text) => text.locale === locale)) return null;
  const text = chooseText(version.texts, locale, letter.locale);
  const site = await siteNow(db);
  const tally = await readTally(db, letter.id);
  const said = markupTranslator(locale, "letter");
  const experts = wordsFor(letter.words, locale, letter.locale).experts;
  const plain = { n: (number: string) => number };
  const told = (key: string, count: number) => (count > 0 ? said(key, { count, ...plain }) : []);
  const { signatories } = await readPublicList(db, letter.id, {}, { by: letter.listOrder }, MOST_NAMES);
  const groups = groupsOf(signatories, locale, experts && expertHeading(experts), site.countryNames);
  const individuals = signatories.some(({ kind }) => kind === "individual");
  const shown = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  const withheld = tally.withheldOrganisations + tally.withheldIndividuals;
  const headline = headlineText(locale, tally, experts);
  const path = localePath(isLocale(locale) ? locale : letter.locale, `/letters/${slug}`);
  const t = translator(locale, "letter");
  const to = partNames(text.locale)("to");
  const organisers = organisersOf(letter);
  const isSites = organisers.some(({ name }) => name === site.organiserName);
  return {
    updatedAt: letter.updatedAt,
    version: version.number,
    zone: site.timeZone,
    letter: {
      language: text.locale,
      rightToLeft: direction(text.locale) === "rtl",
      url: env().publicUrl + (isLocale(locale) ? path : `/letters/${slug}`),
      title: text.title,
      organisers: organiserNames(organisers, text.locale),
      recipients: recipientLines(text.recipients, to),
      standfirst: text.standfirst,
      headline:
        headline && (isLocale(locale) ? said("headline.sentence", { list: () => headline }) : headline),
      ...treeOf(text.body, await picturesOf(db, letter.id)),
      groups,
      sentences: [
        told("press.more", tally.total - withheld - shown),
        told("undersigned.withheldOrganisations", tally.withheldOrganisations),
        told("undersigned.withheldIndividuals", tally.withheldIndividuals),
        individuals ? t("undersigned.identification") : [],
        // Whom journalists can ask, where the letter is theirs who run the site.
        isSites && site.pressContact ? said("about.press", { contact: () => site.pressContact ?? "" }) : [],
      ]
        .flat()
        .map(isolated),
      unset: isolated(t("press.unset", { count: "{count}" })),
    },
    words: { to, undersigned: isolated(t("undersigned.title")) },
  };
}

function treeOf(markdown: string, pictures: Awaited<ReturnType<typeof picturesOf>>) {
  const { body, notes } = markdownTree(markdown, pictures);
  return { body, notes };
}

function groupsOf(
  signatories: PublicSignatory[],
  locale: string,
  experts: string | null,
  chosen: CountryNames,
): PressLetter["groups"] {
  const t = translator(locale, "signatories");
  const parts = [
    [t("groups.organisations"), ({ kind }: PublicSignatory) => kind === "organisation"],
    [experts ?? t("groups.experts"), ({ kind, expert }: PublicSignatory) => kind === "individual" && expert],
    [t("groups.others"), ({ kind, expert }: PublicSignatory) => kind === "individual" && !expert],
  ] as const;
  return parts
    .map(([title, isOf]) => ({
      title: isolated(title),
      entries: signatories.filter(isOf).map((one) => entryOf(one, locale, chosen)),
    }))
    .filter(({ entries }) => entries.length > 0);
}

function entryOf(
  { name, title, position, affiliation, country }: PublicSignatory,
  locale: string,
  chosen: CountryNames,
) {
  const detail = [title, position, affiliation, countryName(country, locale, chosen)].flatMap((part) =>
    part === null ? [] : isolated(breakable(part)),
  );
  return { name: isolated(breakable(name)), detail: detail.join(" · ") };
}
