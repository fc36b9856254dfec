import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AboutPage } from "@/app/_components/about/about-page";
import { pageMetadata } from "@/app/_components/page-metadata";
import { readSite } from "@/lib/site/cached";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "about.accessibility" });
  return pageMetadata({ locale, path: "/accessibility", title: t("title"), description: t("description") });
}

const DONE = ["keyboard", "reader", "screen", "contrast", "script", "plain"] as const;

/** How everyone can read and sign, what is known to be missing, and whom to tell. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { contact } = await readSite();
  const t = await getTranslations("about.accessibility");
  return (
    <AboutPage locale={locale} path="/accessibility" title={t("title")}>
      <p>{t("intro")}</p>
      <ul>
        {DONE.map((what) => (
          <li key={what}>{t(`done.${what}`)}</li>
        ))}
      </ul>
      <h2>{t("tested.title")}</h2>
      <p>{t("tested.text")}</p>
      <h2>{t("missing.title")}</h2>
      <p>{t("missing.text")}</p>
      <h2>{t("tell.title")}</h2>
      <p>
        {contact
          ? t.rich("tell.write", {
              contact: () => (
                <a href={`mailto:${contact}`}>
                  <bdi dir="ltr">{contact}</bdi>
                </a>
              ),
            })
          : t("tell.reply")}
      </p>
    </AboutPage>
  );
}
