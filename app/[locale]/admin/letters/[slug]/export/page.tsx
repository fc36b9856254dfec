import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { titleOfForm } from "@/app/_components/form-title";
import { isShownAgain } from "@/app/_forms/form-state";
import { exportPath, nextExport } from "@/app/[locale]/admin/_parts/paths";
import { sessionOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { LetterPages } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { ExportForm } from "@/app/[locale]/admin/letters/[slug]/export/_parts/export-form";
import { GoneCopies } from "@/app/[locale]/admin/letters/[slug]/export/_parts/gone-copies";
import { OwnFiles } from "@/app/[locale]/admin/letters/[slug]/export/_parts/own-files";
import { PressCopies } from "@/app/[locale]/admin/letters/[slug]/export/_parts/press-copies";
import { type AdminSearch, readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { offersConfirmed } from "@/lib/auth/rules";
import { organiserLetter } from "@/lib/letters/organiser-queries";
import { goneEditions, pressStates } from "@/lib/letters/press-copy/queries";
import { goneFiles, ownExports } from "@/lib/moderation/export/queries";

type Props = { params: Promise<{ locale: string; slug: string }>; searchParams: Promise<AdminSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: "exports" });
  return { title: await titleOfForm(t("title"), locale) };
}

const GONE = ["stale", "not-confirmed"] as const;

/** Has signatures of a letter put into a file, and gives it to the one who asked for it. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const { admin, mfa } = await sessionOrSignIn(locale, "export.make");
  const now = new Date();
  const letter = await organiserLetter(admin, slug, locale, now);
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const search = await searchParams;
  const { filters } = readAdminSearch(search, ["APPROVED"]);
  const chosen = { ...filters, letterId: letter.id };
  const confirmed = offersConfirmed(mfa, now);
  const gone = GONE.find((code) => code === search.gone);
  const t = await getTranslations("exports");
  return (
    <LetterPages admin={admin} letter={letter} locale={locale} tab="export">
      {gone && (
        <p className="notice" role="status">
          {t(`gone.${gone}`)}
        </p>
      )}
      <OwnFiles
        files={await ownExports(admin, letter.id, now)}
        {...{ slug, locale, mfa, confirmed }}
        path={exportPath(locale, slug, chosen)}
        next={nextExport(slug, chosen)}
      />
      <ExportForm
        {...{ slug, locale, mfa }}
        letter={letter.title}
        filters={chosen}
        owner={admin.role === "OWNER"}
        confirmed={confirmed || isShownAgain()}
      />
      <GoneCopies
        editions={await goneEditions(admin, letter.id)}
        files={await goneFiles(admin, letter.id)}
        locale={locale}
      />
      <PressCopies copies={await pressStates(admin, letter.id)} {...{ slug, locale }} />
    </LetterPages>
  );
}
