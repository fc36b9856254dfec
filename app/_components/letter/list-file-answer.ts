import { Readable } from "node:stream";
import { getTranslations } from "next-intl/server";
import { env } from "@/lib/env";
import { isHeadOnly } from "@/lib/http/request-context";
import { localePath } from "@/lib/i18n/locales";
import { absence, letterPage } from "@/lib/letters/cached";
import { type ListFileFormat, listFile } from "@/lib/signatories/list-file";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };

/** The public list as a file, where the letter offers that; its name has the day on which it was made. */
export async function listFileAnswer(
  slug: string,
  locale: string,
  format: ListFileFormat,
  gone: AbortSignal,
): Promise<Response> {
  const letter = await letterPage(slug, locale);
  if (!letter) return noLetter(slug, locale, format);
  const t = await getTranslations({ locale, namespace: "signatories.files" });
  if (!letter.listFiles) return said(404, t("notOffered"));
  const now = new Date();
  const name = `${slug}-signatories-${now.toISOString().slice(0, 10)}.${format}`;
  const headers = { "content-type": TYPES[format], "content-disposition": `attachment; filename="${name}"` };
  if (isHeadOnly()) return new Response(null, { headers });
  const url = env().publicUrl + localePath(locale, `/letters/${slug}`);
  const file = listFile(letter, format, url, now, gone);
  if (!file) return said(503, t("busy"), { "retry-after": "30" });
  return new Response(Readable.toWeb(file) as ReadableStream, { headers });
}

async function noLetter(slug: string, locale: string, format: ListFileFormat): Promise<Response> {
  const why = await absence(slug);
  const t = await getTranslations({ locale, namespace: "signatories.files" });
  if (why.is !== "moved") return said(why.is === "unpublished" ? 410 : 404, t("notOffered"));
  const location = localePath(locale, `/letters/${why.slug}/signatories.${format}`);
  return new Response(null, { status: 308, headers: { location } });
}

const said = (status: number, text: string, more: Record<string, string> = {}) =>
  new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8", ...more } });
