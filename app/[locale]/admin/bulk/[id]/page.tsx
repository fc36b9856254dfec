import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { isId } from "@/app/_components/admin/asked";
import { AdminFrame } from "@/app/_components/admin/frame";
import { ActSheet } from "@/app/_components/bulk/act-sheet";
import { choosePath } from "@/app/_components/bulk/paths";
import { NotFound } from "@/app/_components/not-found";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { can } from "@/lib/auth/permissions";
import { leftOut } from "@/lib/bulk/left-out";
import { actDetail } from "@/lib/bulk/queries";
import { nextBulkState } from "@/lib/bulk/rules";

type Props = { params: Promise<{ locale: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "bulk" }))("title") };
}

/** One bulk act, while it runs and afterwards. */
export default async function Page({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "bulk.read");
  const act = isId(id) ? await actDetail(admin, id, locale) : null;
  if (!act) return <NotFound locale={locale} />;
  const t = await getTranslations("bulk");
  const mayUndo = can(admin.role, "bulk.run") && nextBulkState(act.state, "undo") !== null;
  return (
    <AdminFrame locale={locale} admin={admin} current="bulk">
      <p>
        <a href={choosePath(locale)}>{t("back")}</a>
      </p>
      <ActSheet act={act} left={await leftOut(admin, id)} mayUndo={mayUndo} locale={locale} />
    </AdminFrame>
  );
}
