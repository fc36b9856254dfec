import { getRequestConfig } from "next-intl/server";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import { readSite } from "@/lib/site/cached";

/** Pages that say that the database is away are written too. */
const timeZone = () =>
  readSite().then(
    (site) => site.timeZone,
    () => "UTC",
  );

/** Tells next-intl the language of a request, which the address alone decides, and the site's time zone. */
export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale;
  const locale = isLocale(asked) ? asked : DEFAULT_LOCALE;
  return { locale, messages: loadMessages(locale), timeZone: await timeZone() };
});
