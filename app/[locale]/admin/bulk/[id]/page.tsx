import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { NotFound } from "@/app/_components/not-found";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { lettersHere } from "@/app/[locale]/admin/_parts/letters-here";
import { bulkPath } from "@/app/[locale]/admin/_parts/paths";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { ActionSheet } from "@/app/[locale]/admin/bulk/_parts/action-sheet";
import { DraftSheet } from "@/app/[locale]/admin/bulk/_parts/draft-sheet";
import type { Admin } from "@/lib/auth/admin";
import { can } from "@/lib/auth/permissions";
import { readPublicId } from "@/lib/http/public-ids";
import { readDraft } from "@/lib/moderation/bulk/preview";
import { actionDetail, leftOut } from "@/lib/moderation/bulk/queries";
import { nextBulkState } from "@/lib/moderation/bulk/rules";

type Props = { params: Promise<{ locale: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "bulk" }))("title") };
}

/** One bulk action: as a draft, while it runs and afterwards. */
export default async function Page({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "bulk.read");
  const sheet = await sheetOf(admin, readPublicId(id), locale);
  if (!sheet) return <NotFound locale={locale} />;
  const t = await getTranslations("bulk");
  return (
    <AdminFrame locale={locale} admin={admin} current="bulk">
      <p className="note">
        <a href={bulkPath(locale)}>{t("back")}</a>
      </p>
      {sheet}
    </AdminFrame>
  );
}

/** A draft is shown to anyone who may run it. Its page becomes the action's, so that nobody goes back to it and runs it again. */
async function sheetOf(admin: Admin, id: string, locale: string): Promise<ReactNode> {
  const mayRun = can(admin.role, "bulk.run");
  const draft = mayRun ? await readDraft(admin, id) : null;
  if (draft) {
    const letters = await lettersHere(admin, locale);
    const letter = letters.find((one) => one.id === draft.filters.letterId);
    return letter && <DraftSheet {...{ draft, letter, locale }} />;
  }
  const act = await actionDetail(admin, id, locale);
  if (!act) return null;
  const mayUndo = mayRun && nextBulkState(act.state, "undo") !== null;
  return <ActionSheet act={act} left={await leftOut(admin, id)} mayUndo={mayUndo} locale={locale} />;
}
