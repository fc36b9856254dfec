import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { Headline } from "@/app/_components/letter/headline";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { LetterPages, organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { can } from "@/lib/auth/permissions";
import { MOST_UPDATES, wantUpdates } from "@/lib/counts/statistics/statistics-of";
import { env } from "@/lib/env";
import { isLocale, localePath } from "@/lib/i18n/locales";
import {
  type OrganiserLetter,
  organiserLetter,
  type Unpublished,
  unpublishedChanges,
} from "@/lib/letters/organiser-queries";
import { wholeView } from "@/lib/moderation/filters/rules";

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<{ done?: unknown }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "letters" }))("title") };
}

/** How a letter stands, and what to do next. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "letter.read");
  const letter = await organiserLetter(admin, slug, locale, new Date());
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const t = await getTranslations("letters");
  const steps = nextSteps(
    letter,
    await unpublishedChanges(admin, letter, new Date()),
    can(admin.role, "letter.edit"),
    locale,
  );
  const read = localePath(isLocale(letter.locale) ? letter.locale : locale, `/letters/${slug}`);
  const published = ["open", "closed", "archived"].includes(letter.status);
  const updates = await wantUpdates(admin, letter.id);
  const { done } = await searchParams;
  return (
    <LetterPages admin={admin} letter={letter} locale={locale} tab="overview" done={done}>
      {published && (
        <>
          <Headline tally={letter.tally} open={false} />
          <p>
            {t.rich("overview.address", { address: () => <bdi dir="ltr">{env().publicUrl + read}</bdi> })}
          </p>
        </>
      )}
      <h2>{t("overview.next")}</h2>
      <ul className="letter-steps">
        {letter.waiting > 0 && can(admin.role, "signature.moderate") && (
          <li>
            <a href={listPath(locale, letter.slug, wholeView("VERIFIED"))}>{t("overview.decide")}</a>
            <span className="note">{t("waiting", { count: letter.waiting })}</span>
          </li>
        )}
        {steps.map(({ step, path }) => (
          <li key={step}>
            <a href={path}>{t(`overview.${step}`)}</a>
          </li>
        ))}
      </ul>
      {published && (
        <p className="note">
          {updates < MOST_UPDATES
            ? t("overview.updates", { count: updates })
            : t("overview.updatesMany", { count: updates })}
        </p>
      )}
    </LetterPages>
  );
}

type Step = "finish" | "publish" | "changed" | "read" | "extend" | "reopen" | "again" | "text";

function nextSteps(letter: OrganiserLetter, changes: Unpublished, edits: boolean, locale: string) {
  const { slug, status } = letter;
  const to = (step: Step, tab: "text" | "versions" | "settings") => ({
    step,
    path: organiserPath(locale, slug, tab),
  });
  const read = { step: "read" as Step, path: localePath(locale, `/letters/${slug}`) };
  const shown = ["open", "closed", "archived"].includes(status) ? [read] : [];
  if (!edits || status === "archived") return shown;
  const first = changes.missing.length > 0 ? to("finish", "text") : to("publish", "versions");
  if (status === "draft") return [first, ...(first.step === "publish" ? [to("text", "text")] : [])];
  const changed = changes.changed.length > 0 ? [to("changed", "versions")] : [];
  const life = { open: "extend", closed: "reopen", unpublished: "again", scheduled: "extend" } as const;
  return [...changed, ...shown, to(life[status], "settings"), to("text", "text")];
}
