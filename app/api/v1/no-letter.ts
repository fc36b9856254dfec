import { CORS, jsonError } from "@/app/api/v1/json";
import { absence } from "@/lib/letters/cached";

/** The answer where `letterPage` has no letter: a letter that has moved leads to where it is now. */
export async function noLetter({ url }: Request, slug: string): Promise<Response> {
  const why = await absence(slug);
  if (why.is !== "moved") return jsonError(404, "not-found", "There is no published letter at this address.");
  const { pathname, search } = new URL(url);
  const location = pathname.replace(`/letters/${slug}`, `/letters/${why.slug}`) + search;
  return new Response(null, { status: 308, headers: { ...CORS, location } });
}
