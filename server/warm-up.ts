import { DEFAULT_LOCALE } from "@/lib/i18n/locales";
import { featuredLetter } from "@/lib/letters/cached";
import { type Call, callNext, type NextHandler } from "@/server/render";
import { ROUTES } from "@/server/routes";

/** On a busy machine the first of a kind may be too late; what it has loaded by then, the next one finds. */
const TRIES = 3;

/**
 * Has Next load the code of what most visitors need first, so that none of them waits for it: the public's pages, and their
 * forms, asked with nothing in them, which they refuse.
 * @throws where the database does not say which letter is featured
 */
export async function warmUp(handle: NextHandler): Promise<void> {
  const letter = await featuredLetter(DEFAULT_LOCALE);
  for (const call of letter ? callsFor(letter.slug) : [read("")]) {
    for (let tries = 0; tries < TRIES; tries++)
      if (await callNext(handle, call, {}, { visited: false })) break;
  }
}

function callsFor(slug: string): Call[] {
  const forms = ROUTES.filter(({ kind, pattern }) => kind === "form" && !pattern.startsWith("/admin"));
  const paths = forms.map(({ pattern }) =>
    pattern.replace("[slug]", slug).replace("[token]", NOBODYS).replace("[entry]", "none"),
  );
  return [
    ...["", "/sign?as=individual", "/signatories"].map((rest) => read(`/letters/${slug}${rest}`)),
    ...paths.map((path): Call => ({ ...read(`${path}/submit`), method: "POST", headers: SCRIPT, body: "" })),
  ];
}

const read = (path: string): Call => ({ url: `/${DEFAULT_LOCALE}${path}`, headers: {} });
const SCRIPT = { accept: "application/json" };
/** A token as they look, and none that was mailed. */
const NOBODYS = "0".repeat(25);
