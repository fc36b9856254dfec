import type { Metadata } from "next";
import { permanentRedirect } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { lettersHere } from "@/app/[locale]/admin/_parts/letters-here";
import { Notice } from "@/app/[locale]/admin/_parts/notice";
import { besidePath, listPath, signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { AlikeList } from "@/app/[locale]/admin/signatures/_parts/alike-list";
import { type AdminSearch, readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { GoneSignature } from "@/app/[locale]/admin/signatures/_parts/gone-signature";
import { QueueList } from "@/app/[locale]/admin/signatures/_parts/queue-list";
import { SignatureSheet } from "@/app/[locale]/admin/signatures/_parts/signature-sheet";
import { readPublicId } from "@/lib/http/public-ids";
import { letterPage } from "@/lib/letters/cached";
import { alike } from "@/lib/moderation/alike";
import type { View } from "@/lib/moderation/filters/rules";
import { listSignatures } from "@/lib/moderation/queries";
import { type SignatureDetail, signatureDetail } from "@/lib/moderation/signature-detail";

type Props = {
  params: Promise<{ locale: string; slug: string; id: string }>;
  searchParams: Promise<AdminSearch>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.list" }))("title") };
}

/** One signature, its evidence and what can be decided; on wide screens beside the list that it was chosen from. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug, id: name } = await params;
  const id = readPublicId(name);
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "signature.read");
  const signature = await signatureDetail(admin, id);
  if (!signature) return <GoneSignature locale={locale} admin={admin} />;
  const t = await getTranslations("admin.list");
  if (signature.slug !== slug) permanentRedirect(signaturePath(locale, id, signature.slug));
  const { filters: asked, after, noted, all } = readAdminSearch(await searchParams, [viewOf(signature)]);
  const letters = await lettersHere(admin, locale);
  const whose = all ? null : slug;
  const signed = letters.find((letter) => letter.slug === slug);
  const letterId = all ? null : (signed?.id ?? null);
  const filters = { ...asked, letterId };
  const list = await listSignatures(admin, filters, after);
  const common = await alike(admin, id);
  const experts = (await letterPage(slug, locale))?.words.experts ?? null;
  return (
    <AdminFrame locale={locale} admin={admin} current="signatures" letter={whose ?? undefined}>
      <div className="admin-split" data-chosen>
        <QueueList {...{ locale, whose, filters, letters, list, after }} current={id} />
        <article id="signature" className="case">
          <p className="admin-back">
            <a className="button" data-quiet href={listPath(locale, whose, filters, { after })}>
              {t("back")}
            </a>
          </p>
          <Notice locale={locale} noted={noted} last={signature.history[0]} />
          <SignatureSheet
            signature={signature}
            letter={signed ?? { title: slug, textLocale: locale }}
            experts={experts}
            action={besidePath(locale, { id, slug }, whose, filters, { after })}
            locale={locale}
            origin={common && <AlikeList alike={common} slug={slug} locale={locale} />}
          />
        </article>
      </div>
    </AdminFrame>
  );
}

function viewOf({ state, hold }: SignatureDetail): View {
  return state === "VERIFIED" && hold ? "HOLD" : state;
}
