import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { formState, isShownAgain } from "@/app/_forms/form-state";
import { sessionOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { HideNames } from "@/app/[locale]/admin/letters/_parts/hide-names";
import { LetterPages, organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { EndSettings, LifeSettings } from "@/app/[locale]/admin/letters/_parts/life-settings";
import { ListSettings } from "@/app/[locale]/admin/letters/_parts/list-settings";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { OrganiserSettings } from "@/app/[locale]/admin/letters/_parts/organiser-settings";
import { PinnedSettings } from "@/app/[locale]/admin/letters/_parts/pinned-settings";
import { PlaceSettings } from "@/app/[locale]/admin/letters/_parts/place-settings";
import { SettingsIndex } from "@/app/[locale]/admin/letters/_parts/settings-index";
import { SigningSettings } from "@/app/[locale]/admin/letters/_parts/signing-settings";
import { TimelineSettings } from "@/app/[locale]/admin/letters/_parts/timeline-settings";
import { WithdrawalLines } from "@/app/[locale]/admin/letters/_parts/withdrawal-lines";
import { WordsSettings } from "@/app/[locale]/admin/letters/_parts/words-settings";
import { canDo } from "@/lib/auth/permissions";
import { offersConfirmed } from "@/lib/auth/rules";
import { organiserLetter, timelineOf } from "@/lib/letters/organiser-queries";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";
import { findToPin, letterSettings, writtenWords } from "@/lib/letters/settings/queries";
import { hidingsOf } from "@/lib/signatories/hiding/queries";
import { withdrawalLines } from "@/lib/signatories/withdrawals";
import { readSite } from "@/lib/site/cached";

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<{ done?: unknown; find?: unknown; language?: unknown }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "letters.settings" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** When a letter is open, who may sign it and how, where it is shown, what is said of it. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const { admin, mfa } = await sessionOrSignIn(locale, "letter.edit");
  const letter = await organiserLetter(admin, slug, locale, new Date());
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const action = organiserPath(locale, slug, "settings");
  const timeline = await timelineOf(admin, letter);
  const settings = await letterSettings(admin, letter.id);
  const { done, find, language: asked } = await searchParams;
  // Words that are shown again stay those of their language.
  const posted = formState("words")?.values.locale;
  const language = LETTER_LANGUAGES.find((one) => one === (posted ?? asked)) ?? letter.locale;
  const words = await writtenWords(admin, letter.id, language);
  const found =
    typeof find === "string" && find.trim() ? await findToPin(admin, letter.id, find, settings) : null;
  return (
    <LetterPages admin={admin} letter={letter} locale={locale} tab="settings" done={done}>
      <FormMessages locale={locale}>
        <div className="settings-page">
          <SettingsIndex letter={letter} />
          <div>
            <LifeSettings letter={letter} action={action} zone={(await readSite()).timeZone} />
            <HideNames
              hidings={await hidingsOf(admin, letter.id)}
              action={action}
              locale={locale}
              mfa={mfa}
              shows={canDo(admin, "names.show", letter.id)}
              confirmed={offersConfirmed(mfa, new Date()) || isShownAgain()}
            />
            {letter.status !== "archived" && (
              <>
                <OrganiserSettings organisers={settings.organisers} action={action} />
                <SigningSettings rules={settings.signing} action={action} />
                <ListSettings list={settings.list} action={action} />
                <WithdrawalLines lines={await withdrawalLines(admin, letter.id)} action={action} />
                <PinnedSettings pinned={settings.pinned} found={found} action={action} locale={locale} />
                <WordsSettings words={words} language={language} action={action} locale={locale} />
                <PlaceSettings letter={letter} action={action} features={canDo(admin, "letter.feature")} />
                <TimelineSettings timeline={timeline} action={action} />
              </>
            )}
            <EndSettings letter={letter} action={action} />
          </div>
        </div>
      </FormMessages>
    </LetterPages>
  );
}
