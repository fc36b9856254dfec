import { env } from "@/lib/env";
import { LOCALES, localePath } from "@/lib/i18n/locales";

export const dynamic = "force-dynamic";

/** What nobody finds anything in. Pages that must not be found say so themselves: who may not read them would not know. */
const SHUT = ["/admin", "/api/", "/preview/", "/signatures/", "/m/", "/objections/", "/stop-emails/"];

/** What programs that read the whole site may read. */
export function GET(): Response {
  const shut = LOCALES.flatMap((locale) => SHUT.map((path) => `Disallow: ${localePath(locale, path)}`));
  const lines = ["User-agent: *", ...shut, "", `Sitemap: ${env().publicUrl}/sitemap.xml`, ""];
  return new Response(lines.join("\n"), { headers: { "content-type": "text/plain; charset=utf-8" } });
}
