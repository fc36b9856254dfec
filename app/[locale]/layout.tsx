import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource-variable/source-serif-4/wght-italic.css";
import "@fontsource-variable/public-sans/wght.css";
import "@fontsource-variable/noto-naskh-arabic/wght.css";
import "@/app/_styles/tokens.css";
import "@/app/_styles/fonts.css";
import "@/app/_styles/base.css";
import "@/app/_styles/layout.css";
import "@/app/_styles/site-frame.css";
import "@/app/_styles/about.css";
import "@/app/_styles/letter.css";
import "@/app/_styles/letter-body.css";
import "@/app/_styles/share.css";
import "@/app/_styles/difference.css";
import "@/app/_styles/buttons.css";
import "@/app/_styles/sign-bar.css";
import "@/app/_styles/signatories.css";
import "@/app/_styles/fields.css";
import "@/app/_styles/forms.css";
import "@/app/_styles/beside.css";
import "@/app/_styles/print.css";
import type { Metadata, Viewport } from "next";
import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import icon from "@/app/_styles/icon.svg";
import touchIcon from "@/app/_styles/touch-icon.png";
import { env } from "@/lib/env";
import { direction, isLocale } from "@/lib/i18n/locales";
import { pickMessages } from "@/lib/i18n/messages";
import { accentSheet } from "@/lib/site/accent/rules";
import { readSite } from "@/lib/site/cached";

// The server in front caches what may be cached; nothing is rendered ahead of a request.
export const dynamic = "force-dynamic";

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fcfcfa" },
    { media: "(prefers-color-scheme: dark)", color: "#14161a" },
  ],
};

export function generateMetadata(): Metadata {
  return {
    metadataBase: new URL(env().publicUrl),
    icons: { icon: [{ url: icon.src, type: "image/svg+xml" }], apple: touchIcon.src },
    // Phones must not turn the figures of a letter into telephone links.
    formatDetection: { telephone: false, address: false, email: false },
  };
}

type Props = { children: ReactNode; params: Promise<{ locale: string }> };

/** The document around every page: language, direction, styles. */
export default async function Layout({ children, params }: Props) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  setRequestLocale(locale);
  return (
    <html lang={locale} dir={direction(locale)}>
      <body>
        <Accent />
        {/* The words of the error page; forms bring their own. */}
        <NextIntlClientProvider locale={locale} messages={pickMessages(locale, ["site"])}>
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  );
}

/** The accent that the owners chose. A page that says that nothing works is shown without. */
async function Accent() {
  const hue = await readSite().then(
    ({ accentHue }) => accentHue,
    () => null,
  );
  return (
    hue !== null && <link rel="stylesheet" precedence="accent" href={`/accent/${accentSheet(hue).name}`} />
  );
}
