import { jsonAnswer } from "@/app/api/v1/json";
import { noLetter } from "@/app/api/v1/no-letter";
import { letterTally } from "@/lib/counts/cached";
import { env } from "@/lib/env";
import { DEFAULT_LOCALE } from "@/lib/i18n/locales";
import { letterPage } from "@/lib/letters/cached";

export const dynamic = "force-dynamic";

/** A letter with its counts, for other people's programs. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const { slug } = await params;
  const letter = await letterPage(slug, DEFAULT_LOCALE);
  if (!letter) return noLetter(request, slug);
  const { organisations, countries, individuals, experts, total } = await letterTally(slug);
  return jsonAnswer({
    slug,
    title: letter.title,
    status: letter.status,
    url: `${env().publicUrl}/letters/${slug}`,
    tally: { organisations, countries, individuals, experts, total },
    updatedAt: letter.updatedAt,
  });
}
