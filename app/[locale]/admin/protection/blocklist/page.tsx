import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { ListDone } from "@/app/[locale]/admin/_parts/list-done";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { AddBlockForm, BlockRules } from "@/app/[locale]/admin/protection/blocklist/_parts/block-list";
import type { Admin } from "@/lib/auth/admin";
import { can } from "@/lib/auth/permissions";
import { decryptAsked, patternHash } from "@/lib/moderation/blocklist/encrypted-rule";
import { previewBlock } from "@/lib/moderation/blocklist/preview-block";
import { listBlocks } from "@/lib/moderation/blocklist/queries";

type Search = { done?: unknown; rule?: unknown };
type Props = { params: Promise<{ locale: string }>; searchParams: Promise<Search> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "lists.blocks" }))("title") };
}

/** What may not reach the queue by itself: the rules, who made them, when and why; and the forms that change them. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "blocklist.read");
  const t = await getTranslations("lists.blocks");
  const rules = await listBlocks(admin);
  const edits = can(admin.role, "blocklist.edit");
  const { done, rule } = await searchParams;
  return (
    <AdminFrame locale={locale} admin={admin} current="blocklist">
      <ListDone list="blocks" done={done} />
      <h1 className="admin-title">{t("title")}</h1>
      <p className="admin-standing">{t("intro")}</p>
      <FormMessages locale={locale}>
        <BlockRules rules={rules} locale={locale} edits={edits} />
        {edits && <AddBlockForm locale={locale} asked={await askedBlock(admin, rule)} />}
      </FormMessages>
    </AdminFrame>
  );
}

/** The rule that is still to be confirmed, with what it would mean now. */
async function askedBlock(admin: Admin, encrypted: unknown) {
  const block = decryptAsked(encrypted);
  if (!block) return undefined;
  return { block, preview: await previewBlock(admin, block), fingerprint: patternHash(block) };
}
