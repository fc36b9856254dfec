import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { titleOfForm } from "@/app/_components/form-title";
import { Until } from "@/app/_components/letter/date";
import { isShownAgain } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import { sessionOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { LetterPages, organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { PublishForm } from "@/app/[locale]/admin/letters/_parts/publish-form";
import { can } from "@/lib/auth/permissions";
import { offersConfirmed } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";
import {
  type Answers,
  answersOf,
  letterHistory,
  organiserLetter,
  unpublishedChanges,
} from "@/lib/letters/organiser-queries";
import { readSite } from "@/lib/site/cached";
import { missingOf } from "@/lib/site/rules";

type Props = {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<{ done?: unknown }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "letters.versions" });
  return { title: await titleOfForm(t("title"), locale) };
}

/** What publishing would change now, and what was published before. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const { admin, mfa } = await sessionOrSignIn(locale, "letter.read");
  const { timeZone: zone } = await readSite();
  const confirmed = offersConfirmed(mfa, new Date()) || isShownAgain();
  const letter = await organiserLetter(admin, slug, locale, new Date());
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const changes = await unpublishedChanges(admin, letter, new Date());
  const versions = await letterHistory(admin, letter);
  const newest = versions[0]?.number ?? 0;
  const shown = ["open", "closed", "archived"].includes(letter.status);
  return (
    <LetterPages
      admin={admin}
      letter={letter}
      locale={locale}
      tab="versions"
      done={(await searchParams).done}
    >
      {can(admin.role, "letter.edit") && letter.status !== "archived" && (
        <FormMessages locale={locale}>
          <PublishForm
            action={organiserPath(locale, slug, "versions")}
            {...{ letter, changes, newest, mfa, confirmed, zone, locale }}
            needs={missingOf(await readSite())}
          />
        </FormMessages>
      )}
      {versions.length > 0 && (
        <History
          answers={await answersOf(admin, letter)}
          versions={versions}
          base={shown ? `/letters/${slug}` : null}
          locale={locale}
        />
      )}
    </LetterPages>
  );
}

type Version = Awaited<ReturnType<typeof letterHistory>>[number];

const answersIn = ({ signed, waiting, earlier }: Answers) => ({ signed, waiting, earlier });

type HistoryProps = { versions: Version[]; answers: Answers | null; base: string | null; locale: string };

function History({ versions, answers, base, locale }: HistoryProps) {
  const t = useTranslations("letters");
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t("versions.history")}</h2>
      <ol className="letter-rows" reversed>
        {versions.map(({ number, createdAt, reason, change, wordsChanged, wordsBefore }) => (
          <li key={number}>
            <h3>{t("versions.number", { number })}</h3>
            <p className="note">
              <When at={createdAt} />
            </p>
            {reason && (
              <p>
                <bdi>{reason}</bdi>
              </p>
            )}
            {answers && number === versions[0]?.number && (
              <p>
                {t("versions.answers", answersIn(answers))}{" "}
                {t.rich("versions.answersBy", { time: () => <Until at={answers.answerBy} /> })}
              </p>
            )}
            {change && (
              <p className="note">
                {t(`size.${change}`, { words: wordsChanged ?? 0, all: wordsBefore ?? 0, because: "words" })}
              </p>
            )}
            {base && (
              <p>
                <a href={localePath(locale, `${base}/versions/${number}`)}>{t("versions.public")}</a>
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
