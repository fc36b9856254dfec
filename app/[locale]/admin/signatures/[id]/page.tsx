import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { Notice } from "@/app/[locale]/admin/_parts/notice";
import { listPath, signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { AlikeList } from "@/app/[locale]/admin/signatures/_parts/alike-list";
import { type AdminSearch, readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { GoneSignature } from "@/app/[locale]/admin/signatures/_parts/gone-signature";
import { QueueList } from "@/app/[locale]/admin/signatures/_parts/queue-list";
import { SignatureSheet } from "@/app/[locale]/admin/signatures/_parts/signature-sheet";
import { readPublicId } from "@/lib/http/public-ids";
import { alike } from "@/lib/moderation/alike";
import type { View } from "@/lib/moderation/filters/rules";
import { listSignatures } from "@/lib/moderation/queries";
import { type SignatureDetail, signatureDetail } from "@/lib/moderation/signature-detail";

type Props = { params: Promise<{ locale: string; id: string }>; searchParams: Promise<AdminSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.list" }))("title") };
}

/** One signature, its evidence and what can be decided; on wide screens beside the list that it was chosen from. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, id: name } = await params;
  const id = readPublicId(name);
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "signature.read");
  const signature = await signatureDetail(admin, id);
  if (!signature) return <GoneSignature locale={locale} admin={admin} />;
  const t = await getTranslations("admin.list");
  const { filters, after, noted } = readAdminSearch(await searchParams, [viewOf(signature)]);
  const list = await listSignatures(admin, filters, after);
  const common = await alike(admin, id);
  return (
    <AdminFrame locale={locale} admin={admin} current="signatures">
      <div className="admin-split" data-chosen>
        <QueueList locale={locale} filters={filters} list={list} after={after} current={id} />
        <article id="signature">
          <p className="admin-back">
            <a href={listPath(locale, filters, { after })}>{t("back")}</a>
          </p>
          <Notice locale={locale} noted={noted} last={signature.history[0]} />
          <SignatureSheet
            signature={signature}
            action={signaturePath(locale, id, filters, { after })}
            locale={locale}
            origin={common && <AlikeList alike={common} locale={locale} />}
          />
        </article>
      </div>
    </AdminFrame>
  );
}

function viewOf({ state, hold }: SignatureDetail): View {
  return state === "VERIFIED" && hold ? "HOLD" : state;
}
