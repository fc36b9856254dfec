import { mayBePublished } from "@/lib/letters/published";
import { routePattern } from "@/server/route-pattern";

/** Patterns of what is at no address, or at none that anybody reads. */
const NOWHERE = /^(?:unknown|\/_not-found|\/_global-error)$|\/\[\.\.\.rest\]$|\/submit$/;
const OF_LETTER = /^\/(?:api\/v1|[^/]+)\/letters\/([^/?]+)/;

/** Whether an address is none of the build's. @param url as Next knows it */
export const isNowhere = (url: string) => NOWHERE.test(routePattern(url));

/** Whether an address is about a letter that nobody has published. @param url as Next knows it */
export async function isOfNoLetter(url: string): Promise<boolean> {
  const [, slug] = OF_LETTER.exec(url) ?? [];
  return slug !== undefined && !(await mayBePublished(slug));
}

/**
 * The address that stands for all below `/api` at which there is nothing: what is said there is kept. No slug is a hyphen.
 * @param url as Next knows it
 */
export const nothingAt = (url: string) => (OF_LETTER.test(url) ? "/api/v1/letters/-" : "/api/-/-");
