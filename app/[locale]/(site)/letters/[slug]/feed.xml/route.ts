import { unlisted } from "@/app/_components/letter/unlisted";
import { letterFeed } from "@/app/[locale]/(site)/letters/[slug]/feed.xml/letter-feed";
import { letterPage } from "@/lib/letters/cached";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** What has happened to a letter, for programs that read it for people: Atom. */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const letter = await letterPage(slug, locale);
  if (!letter) return new Response(null, { status: 404 });
  const headers = { "content-type": "application/atom+xml; charset=utf-8", ...unlisted(letter) };
  return new Response(await letterFeed(letter, locale), { headers });
}
