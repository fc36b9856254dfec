import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

type Props = { letter: LetterPage; locale: string };

/** What search engines read of a letter (schema.org, as JSON-LD). It is data, which no browser runs: no policy concerns it. */
export function LetterData({ letter, locale }: Props) {
  const address = (path: string) => env().publicUrl + localePath(locale, path);
  const page = address(`/letters/${letter.slug}`);
  const data = {
    "@context": "https://schema.org",
    "@type": "Article",
    "@id": page,
    url: page,
    headline: letter.title,
    description: letter.standfirst,
    inLanguage: letter.textLocale,
    datePublished: letter.opensAt?.toISOString(),
    dateModified: letter.updatedAt.toISOString(),
    image: `${page}/share.png`,
    author: letter.organisers.map(({ name, url }) => ({
      "@type": "Organization",
      name,
      url: url ?? undefined,
    })),
  };
  // Nothing in it can end the element.
  const json = JSON.stringify(data).replace(/</g, "\\u003c");
  return <script type="application/ld+json">{json}</script>;
}
