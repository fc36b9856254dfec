import { useTranslations } from "next-intl";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { env } from "@/lib/env";
import { localePath } from "@/lib/i18n/locales";
import type { LetterPage } from "@/lib/letters/cached";

/** Ways from one's signature to the letter and its list, and its address to pass on. */
export function PassOn({ letter, locale }: { letter: LetterPage; locale: string }) {
  const t = useTranslations("confirming");
  const path = localePath(locale, `/letters/${letter.slug}`);
  const address = `${env().publicUrl}${path}`;
  const mail = `mailto:?${query({ subject: letter.title, body: `${letter.title}\n\n${address}` })}`;
  return (
    <section className="stacked">
      <h2 className="section-title">{t("passOn.title")}</h2>
      <p>
        <bdi {...letterLanguage(letter.textLocale, locale)}>{letter.title}</bdi>
        <br />
        <a href={path} dir="ltr">
          {address}
        </a>
      </p>
      <p>
        <a href={mail}>{t("passOn.mail")}</a>
      </p>
      <p>
        <a href={`${path}/signatories`}>{t("list")}</a>
      </p>
    </section>
  );
}

// Mail programs read a plus as a plus.
const query = (parts: Record<string, string>) =>
  Object.entries(parts)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
