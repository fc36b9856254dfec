import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AddBlockForm, BlockRules } from "@/app/_components/admin/block-list";
import { AdminFrame } from "@/app/_components/admin/frame";
import { ListDone } from "@/app/_components/admin/list-done";
import { FormMessages } from "@/app/_components/form-messages";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { can } from "@/lib/auth/permissions";
import { listBlocks } from "@/lib/blocking/queries";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ done?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "lists.blocks" }))("title") };
}

/** What may not reach the queue by itself: the rules, who made them, when and why; and the forms that change them. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "lists.read");
  const t = await getTranslations("lists.blocks");
  const rules = await listBlocks(admin);
  const edits = can(admin.role, "lists.edit");
  return (
    <AdminFrame locale={locale} admin={admin} current="blocks">
      <ListDone list="blocks" done={(await searchParams).done} />
      <h1 className="admin-title">{t("title")}</h1>
      <p className="admin-standing">{t("intro")}</p>
      <FormMessages locale={locale}>
        <BlockRules rules={rules} locale={locale} edits={edits} />
        {edits && <AddBlockForm locale={locale} />}
      </FormMessages>
    </AdminFrame>
  );
}
