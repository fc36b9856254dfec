import { NextIntlClientProvider } from "next-intl";
import { cache, type ReactNode } from "react";
import { SiteAddress } from "@/app/_forms/other-address";
import { env } from "@/lib/env";
import { type Namespace, pickMessages } from "@/lib/i18n/messages";

type Props = {
  locale: string;
  also?: Namespace[];
  /** The names of all its fields, where it brings no words for others. */
  fields?: readonly string[];
  children: ReactNode;
};

/**
 * Gives the fields and errors of a form their words in the browser, and the site's own address; other messages stay on
 * the server.
 */
export function FormMessages({ locale, also = [], fields, children }: Props) {
  const messages = {
    ...pickMessages(locale, ["errors", "site", ...also]),
    ...(fields && { errors: errorsOf(locale, fields.join()) }),
  };
  return (
    <NextIntlClientProvider locale={locale} messages={messages}>
      <SiteAddress value={env().publicUrl}>{children}</SiteAddress>
    </NextIntlClientProvider>
  );
}

/** The same for all forms of a page with the same fields, so that React sends it once. */
const errorsOf = cache((locale: string, fields: string) => {
  const all = pickMessages(locale, ["errors"]).errors ?? {};
  const names = ["summary", "any", "form", "newer", ...fields.split(",")];
  return Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
});
