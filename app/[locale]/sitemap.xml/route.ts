import { env } from "@/lib/env";
import { xml } from "@/lib/http/xml";
import { DEFAULT_LOCALE, LOCALES, localePath } from "@/lib/i18n/locales";
import { listedLetters } from "@/lib/letters/cached";

export const dynamic = "force-dynamic";

type Page = { path: string; languages: readonly string[]; changedAt?: Date };

/** The pages that search engines may show: of letters those that are listed, in the languages that they are there in. */
export async function GET(): Promise<Response> {
  const letters = await listedLetters(DEFAULT_LOCALE);
  const pages: Page[] = [
    ...["/", "/letters", "/imprint", "/privacy", "/accessibility"].map((path) => ({
      path,
      languages: LOCALES,
    })),
    ...letters.flatMap(({ slug, languages, updatedAt: changedAt }) => [
      { path: `/letters/${slug}`, languages, changedAt },
      { path: `/letters/${slug}/signatories`, languages: LOCALES, changedAt },
    ]),
  ];
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${pages.flatMap(urlsOf).join("\n")}
</urlset>
`;
  return new Response(body, { headers: { "content-type": "application/xml; charset=utf-8" } });
}

/** A page's address in each of its languages, each with all of them. */
function urlsOf({ path, languages, changedAt }: Page): string[] {
  const offered = LOCALES.filter((locale) => locale === DEFAULT_LOCALE || languages.includes(locale));
  const address = (locale: string) => xml(env().publicUrl + localePath(locale, path));
  const others = offered.map(
    (one) => `<xhtml:link rel="alternate" hreflang="${one}" href="${address(one)}"/>`,
  );
  const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : "";
  return offered.map((locale) => `<url><loc>${address(locale)}</loc>${changed}${others.join("")}</url>`);
}
