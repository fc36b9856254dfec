import { jsonAnswer, jsonError } from "@/app/api/v1/json";
import { noLetter } from "@/app/api/v1/no-letter";
import { DEFAULT_LOCALE } from "@/lib/i18n/locales";
import { letterPage } from "@/lib/letters/cached";
import { publicList, publicSearch } from "@/lib/signatories/cached";
import { CURSOR_RULE, encodeCursor, parseListQuery } from "@/lib/signatories/list-query";
import type { PublicSignatory } from "@/lib/signatories/public-list";

export const dynamic = "force-dynamic";

/** A part of a letter's public list, for other people's programs: never an address, never one who is not public. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string }> },
): Promise<Response> {
  const { slug } = await params;
  const letter = await letterPage(slug, DEFAULT_LOCALE);
  if (!letter) return noLetter(request, slug);
  const query = parseListQuery(new URL(request.url).searchParams);
  if (!query.ok) return jsonError(400, "bad-parameter", query.message, query.parameter);
  const { filter, after, limit } = query;
  if (after && !filter.q && after.by !== letter.listOrder)
    return jsonError(400, "bad-parameter", CURSOR_RULE, "cursor");
  const part = filter.q
    ? await publicSearch(slug, filter, { after: after && "rank" in after ? after : undefined }, limit)
    : await publicList(slug, filter, { after }, limit);
  const next = part?.next ?? null;
  return jsonAnswer({
    signatories: part?.signatories.map(shown) ?? [],
    nextCursor: next && encodeCursor(next),
  });
}

function shown({ kind, name, title, position, affiliation, country, website, publishedAt }: PublicSignatory) {
  return { kind, name, title, position, affiliation, country, website, publishedAt };
}
