import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { formState } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { BothTexts } from "@/app/[locale]/admin/letters/_parts/both-texts";
import { ChooseLanguage } from "@/app/[locale]/admin/letters/_parts/choose-language";
import { LetterEditor } from "@/app/[locale]/admin/letters/_parts/letter-editor";
import { LetterPages, organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { Preview } from "@/app/[locale]/admin/letters/_parts/preview";
import { can } from "@/lib/auth/permissions";
import { direction } from "@/lib/i18n/locales";
import {
  draftView,
  organiserLetter,
  previewLinks,
  renderedDraft,
  writtenLocales,
} from "@/lib/letters/organiser-queries";
import { LETTER_LANGUAGES } from "@/lib/letters/rules";

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<{ done?: unknown; language?: unknown }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "letters.text" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** Where a letter is written, with its preview beside it. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "letter.read");
  const letter = await organiserLetter(admin, slug, locale, new Date());
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const { done, language: asked } = await searchParams;
  const written = await writtenLocales(admin, letter);
  const language = [...LETTER_LANGUAGES, ...written].find((one) => one === asked) ?? letter.locale;
  const draft = await draftView(admin, letter.id, language);
  const sent = formState("text");
  const text = sent ? { ...draft.text, ...textOf(sent.values) } : draft.text;
  const isStale = sent?.errors[""]?.includes("savedByOther") ?? false;
  const t = await getTranslations("letters.text");
  const picturesAt = organiserPath(locale, slug, "pictures");
  const { bodyHtml, unshown } = await renderedDraft(admin, slug, { body: text.body, language, picturesAt });
  const archived = letter.status === "archived";
  const edits = can(admin.role, "letter.edit") && !archived;
  return (
    <LetterPages admin={admin} letter={letter} locale={locale} tab="text" done={done}>
      <ChooseLanguage {...{ letter, locale, language, written }} />
      {isStale && <BothTexts draft={draft} typed={text} language={language} locale={locale} />}
      {!edits && <p className="notice">{t(archived ? "archived" : "readOnly")}</p>}
      {edits ? (
        <FormMessages locale={locale} also={["letters"]}>
          <LetterEditor
            action={`${organiserPath(locale, slug, "text")}?language=${language}`}
            initial={sent}
            text={draft.text}
            revision={sent && !isStale ? Number(sent.values.revision) : draft.revision}
            language={language}
            dir={direction(language)}
            shown={{ bodyHtml, unshown }}
            links={await previewLinks(admin, slug, new Date())}
            pictures={picturesAt}
          >
            {draft.savedAt && (
              <p className="note">
                {t.rich(draft.savedBy ? "savedAt" : "savedBy", {
                  time: () => draft.savedAt && <When at={draft.savedAt} />,
                  who: () => <bdi dir="ltr">{draft.savedBy}</bdi>,
                })}
              </p>
            )}
            <p className="note">{t("unpublished")}</p>
          </LetterEditor>
        </FormMessages>
      ) : (
        <Preview text={{ ...text, bodyHtml }} language={language} />
      )}
    </LetterPages>
  );
}

function textOf({ title = "", standfirst = "", recipients = "", body = "" }: Record<string, string>) {
  const lines = (text: string) => text.replace(/\r\n?/g, "\n");
  return { title, standfirst: lines(standfirst), recipients: lines(recipients), body: lines(body) };
}
