import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { ownData, ownFile } from "@/lib/signatures/own/own-data";

type Params = { params: Promise<{ locale: string; token: string }> };

/** One's own signatures as a file, for anyone who holds the link. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const now = new Date();
  const data = await ownData(token, isLocale(locale) ? locale : DEFAULT_LOCALE, now);
  if (!data) return Response.json(null, { status: 404 });
  return new Response(`${JSON.stringify(ownFile(data, now), null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="my-signature.json"',
    },
  });
}
