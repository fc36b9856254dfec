import { getTranslations } from "next-intl/server";
import { localePath } from "@/lib/i18n/locales";
import { absence, letterPage } from "@/lib/letters/cached";
import { pressCopy } from "@/lib/letters/press-copy/cached";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** The letter set for the press, as a job has made it; never made here. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const t = await getTranslations({ locale, namespace: "letter.press" });
  const letter = await letterPage(slug, locale);
  if (!letter) {
    const why = await absence(slug);
    if (why.is !== "moved") return said(why.is === "unpublished" ? 410 : 404, t("none"));
    const location = localePath(locale, `/letters/${why.slug}/letter.pdf`);
    return new Response(null, { status: 308, headers: { location } });
  }
  const copy = await pressCopy(letter, letter.textLocale);
  if (!copy) return said(503, t("later"));
  if ("problem" in copy) return said(404, t(copy.problem === "FONT" ? "noFont" : "failed"));
  return new Response(copy.bytes, {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="${slug}-edition-${copy.edition}.pdf"`,
    },
  });
}

const said = (status: number, text: string) =>
  new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
