import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { ownReceipts } from "@/lib/signatures/receipt/own-receipts";

type Params = { params: Promise<{ locale: string; token: string }> };

/** What one agreed to, signed by this site, as a file for whoever holds the link. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { locale, token } = await params;
  const file = await ownReceipts(token, isLocale(locale) ? locale : DEFAULT_LOCALE, new Date());
  if (!file) return Response.json(null, { status: 404 });
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="consent-receipt.json"',
    },
  });
}
