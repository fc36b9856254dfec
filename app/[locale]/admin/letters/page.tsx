import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Headline } from "@/app/_components/letter/headline";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { StateMark } from "@/app/[locale]/admin/_parts/state-mark";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { LetterStatus } from "@/app/[locale]/admin/letters/_parts/letter-status";
import { can, canDo } from "@/lib/auth/permissions";
import { localePath } from "@/lib/i18n/locales";
import { listLetters, type OrganiserLetter } from "@/lib/letters/organiser-queries";
import { wholeView } from "@/lib/moderation/filters/rules";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "letters" }))("title") };
}

/** All letters, and the way to a new one. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "letter.read");
  const t = await getTranslations("letters");
  const letters = await listLetters(admin, locale, new Date());
  return (
    <AdminFrame locale={locale} admin={admin} current="letters">
      <div className="admin-head">
        <h1 className="admin-title">{t("title")}</h1>
        {canDo(admin, "letter.create") && (
          <a className="button" href={localePath(locale, "/admin/letters/new")}>
            {t("write")}
          </a>
        )}
      </div>
      {letters.length === 0 && <p>{t("none")}</p>}
      <ul className="letter-rows">
        {letters.map((letter) => (
          <Row
            key={letter.slug}
            letter={letter}
            locale={locale}
            decides={can(admin.role, "signature.moderate")}
          />
        ))}
      </ul>
    </AdminFrame>
  );
}

type RowProps = { letter: OrganiserLetter; locale: string; decides: boolean };

function Row({ letter, locale, decides }: RowProps) {
  const t = useTranslations("letters");
  const { slug, title, textLocale, status, tally, waiting } = letter;
  const published = ["open", "closed", "archived"].includes(status);
  return (
    <li>
      <div className="line">
        <h2 {...letterLanguage(textLocale, locale)}>
          <a className="plain-link" href={organiserPath(locale, slug)}>
            {title}
          </a>
        </h2>
        {decides && waiting > 0 && (
          <p className="line-end">
            <a href={listPath(locale, slug, wholeView("VERIFIED"))}>
              <StateMark state="VERIFIED">{t("waiting", { count: waiting })}</StateMark>
            </a>
          </p>
        )}
      </div>
      <LetterStatus letter={letter} />
      {published && <Headline tally={tally} open={false} />}
    </li>
  );
}
