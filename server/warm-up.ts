import { DEFAULT_LOCALE } from "@/lib/i18n/locales";
import { featuredLetter } from "@/lib/letters/cached";
import { callNext, type NextHandler } from "@/server/call-next";

/** Renders once what most visitors ask for first, so that none of them waits until its code is loaded. */
export async function warmUp(handle: NextHandler): Promise<void> {
  const letter = await featuredLetter(DEFAULT_LOCALE);
  const of = (rest: string) => `/${DEFAULT_LOCALE}/letters/${letter?.slug}${rest}`;
  const urls = letter ? [of(""), of("/sign?as=individual"), of("/signatories")] : [`/${DEFAULT_LOCALE}`];
  for (const url of urls) await callNext(handle, { url, headers: {} }, {});
}
