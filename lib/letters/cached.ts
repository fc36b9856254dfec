import { FEATURED_TAG, letterTag } from "@/lib/cache/changes";
import { cache } from "@/lib/cache/tagged-cache";
import { db } from "@/lib/db/client";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { featuredSlug, letterBySlug, nextOpening, type StoredLetter } from "@/lib/letters/queries";
import { chooseText, isSlug, type LetterStatus, letterStatus, nextStatusChange } from "@/lib/letters/rules";

/** A letter as its pages show it, in one language. */
export type LetterPage = {
  id: string;
  slug: string;
  status: LetterStatus;
  organiserName: string;
  organiserUrl: string | null;
  versionId: string;
  versionNumber: number;
  /** The language of the text, which may differ from the reader's. */
  textLocale: string;
  title: string;
  standfirst: string;
  recipients: string;
  /** Sanitised HTML. */
  bodyHtml: string;
  links: { label: string; url: string }[];
  opensAt: Date | null;
  closesAt: Date | null;
  updatedAt: Date;
};

/** A published letter in the reader's language, or null. Costs no query until it changes. */
export async function letterPage(slug: string, locale: string): Promise<LetterPage | null> {
  if (!isSlug(slug)) return null;
  return cache.remember(`letter:${slug}:${locale}`, async (scope) => {
    const now = new Date();
    scope.dependsOn([letterTag(slug)]);
    const letter = await letterBySlug(db, slug);
    scope.storable = letter !== null;
    if (!letter) return null;
    scope.until(nextStatusChange(letter, now)?.getTime() ?? Number.POSITIVE_INFINITY);
    const page = toPage(letter, locale, now);
    return page.status === "draft" ? null : page;
  });
}

/** The id of the letter of a slug, published or not; it never changes. */
export async function letterId(slug: string): Promise<string | null> {
  if (!isSlug(slug)) return null;
  return cache.remember(`letter-id:${slug}`, async (scope) => {
    scope.dependsOn([letterTag(slug)]);
    const letter = await db.letter.findUnique({ where: { slug }, select: { id: true } });
    scope.storable = letter !== null;
    return letter?.id ?? null;
  });
}

/** The letter of the front page, or null. */
export async function featuredLetter(locale: string): Promise<LetterPage | null> {
  const slug = await cache.remember("featured", async (scope) => {
    const now = new Date();
    scope.dependsOn([FEATURED_TAG]);
    scope.until((await nextOpening(db, now))?.getTime() ?? Number.POSITIVE_INFINITY);
    return featuredSlug(db, now);
  });
  return slug ? letterPage(slug, locale) : null;
}

function toPage(letter: StoredLetter, locale: string, now: Date): LetterPage {
  const [version] = letter.versions;
  if (!version) throw new Error("a letter has no version");
  const text = chooseText(version.texts, locale, letter.locale);
  return {
    id: letter.id,
    slug: letter.slug,
    status: letterStatus(letter, now),
    organiserName: letter.organiserName,
    organiserUrl: letter.organiserUrl,
    versionId: version.id,
    versionNumber: version.number,
    textLocale: text.locale,
    title: text.title,
    standfirst: text.standfirst,
    recipients: text.recipients,
    bodyHtml: renderMarkdown(text.body),
    links: letter.links,
    opensAt: letter.opensAt,
    closesAt: letter.closesAt,
    updatedAt: letter.updatedAt,
  };
}
