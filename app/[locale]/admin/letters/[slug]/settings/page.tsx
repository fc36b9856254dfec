import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { LetterPages, organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { LifeSettings } from "@/app/[locale]/admin/letters/_parts/life-settings";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { PlaceSettings } from "@/app/[locale]/admin/letters/_parts/place-settings";
import { TimelineSettings } from "@/app/[locale]/admin/letters/_parts/timeline-settings";
import { organiserLetter, timelineOf } from "@/lib/letters/organiser-queries";

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<{ done?: unknown }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "letters.settings" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** When a letter is open, where it is shown, what is said of it. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "letter.edit");
  const letter = await organiserLetter(admin, slug, locale, new Date());
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const action = organiserPath(locale, slug, "settings");
  const timeline = await timelineOf(admin, letter);
  return (
    <LetterPages
      admin={admin}
      letter={letter}
      locale={locale}
      tab="settings"
      done={(await searchParams).done}
    >
      <FormMessages locale={locale}>
        <LifeSettings letter={letter} action={action} />
        <PlaceSettings letter={letter} action={action} />
        <TimelineSettings timeline={timeline} action={action} />
      </FormMessages>
    </LetterPages>
  );
}
