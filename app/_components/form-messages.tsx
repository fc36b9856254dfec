import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { SiteAddress } from "@/app/_forms/other-address";
import { env } from "@/lib/env";
import { type Namespace, pickMessages } from "@/lib/i18n/messages";

type Props = { locale: string; also?: Namespace[]; children: ReactNode };

/**
 * Gives the fields and errors of a form their words in the browser, and the site's own address; other messages stay on
 * the server.
 */
export function FormMessages({ locale, also = [], children }: Props) {
  return (
    <NextIntlClientProvider locale={locale} messages={pickMessages(locale, ["errors", "site", ...also])}>
      <SiteAddress value={env().publicUrl}>{children}</SiteAddress>
    </NextIntlClientProvider>
  );
}
