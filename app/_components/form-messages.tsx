import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { type Namespace, pickMessages } from "@/lib/i18n/messages";

type Props = { locale: string; also?: Namespace[]; children: ReactNode };

/** Gives the fields and errors of a form their words in the browser; other messages stay on the server. */
export function FormMessages({ locale, also = [], children }: Props) {
  return (
    <NextIntlClientProvider locale={locale} messages={pickMessages(locale, ["errors", "site", ...also])}>
      {children}
    </NextIntlClientProvider>
  );
}
