import { unlisted } from "@/app/_components/letter/unlisted";
import { letterPage } from "@/lib/letters/cached";
import { readSharePicture } from "@/lib/letters/share-picture/cached";

export const dynamic = "force-dynamic";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** The picture that goes with a letter where it is shared. A worker draws it: a reader's request never does. */
export async function GET(_: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const letter = await letterPage(slug, locale);
  const bytes = letter && (await readSharePicture(letter));
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(bytes, { headers: { "content-type": "image/png", ...unlisted(letter) } });
}
