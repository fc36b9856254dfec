import { createHash } from "node:crypto";
import { getTranslations } from "next-intl/server";
import { env } from "@/lib/env";
import { publicId } from "@/lib/http/public-ids";
import { xml } from "@/lib/http/xml";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

type Entry = { id: string; title: string; day: Date; link: string };

/** The entries of a letter's timeline and its publication as an Atom feed, the newest first. */
export async function letterFeed(letter: LetterPage, locale: string): Promise<string> {
  const t = await getTranslations({ locale, namespace: "letter.feed" });
  const { slug, title, organiserName, opensAt, timeline } = letter;
  const page = env().publicUrl + localePath(locale, `/letters/${slug}`);
  // The letter's id outlives a change of its address; as readers see it, it tells no time.
  const idOf = (part: string) => `urn:undersigned:${publicId(letter.id)}:${part}`;
  const entries: Entry[] = [
    ...timeline.map(({ day, text, url }) => ({
      id: idOf(createHash("sha256").update(`${day.toISOString()} ${text}`).digest("hex").slice(0, 24)),
      ...{ title: text, day, link: url ?? `${page}#timeline` },
    })),
    ...(opensAt
      ? [{ id: idOf("published"), title: t("published", { title }), day: opensAt, link: page }]
      : []),
  ].sort((one, other) => other.day.getTime() - one.day.getTime());
  const changed = entries[0]?.day ?? letter.updatedAt;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(locale)}">
<id>${xml(idOf("feed"))}</id>
<title>${xml(title)}</title>
<updated>${changed.toISOString()}</updated>
<author><name>${xml(organiserName)}</name></author>
<link rel="self" type="application/atom+xml" href="${xml(`${page}/feed.xml`)}"/>
<link rel="alternate" type="text/html" href="${xml(page)}"/>
${entries.map(atomEntry).join("\n")}
</feed>
`;
}

const atomEntry = ({ id, title, day, link }: Entry) =>
  `<entry><id>${xml(id)}</id><title>${xml(title)}</title><updated>${day.toISOString()}</updated><link href="${xml(link)}"/></entry>`;
