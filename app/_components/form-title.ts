import { getTranslations } from "next-intl/server";
import { requestContext } from "@/lib/http/request-context";

/** The title of a page with a form: the first thing read aloud, so it says when the form came back with mistakes. */
export async function titleOfForm(title: string, locale: string): Promise<string> {
  if (Object.keys(requestContext.getStore()?.form?.errors ?? {}).length === 0) return title;
  const t = await getTranslations({ locale, namespace: "site.form" });
  return t("errorTitle", { title });
}
