import type { Metadata } from "next";
import { permanentRedirect } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { signaturePath } from "@/app/[locale]/admin/_parts/paths";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import type { AdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { GoneSignature } from "@/app/[locale]/admin/signatures/_parts/gone-signature";
import { readPublicId } from "@/lib/http/public-ids";
import { letterOfSignature } from "@/lib/moderation/queries";

type Props = { params: Promise<{ locale: string; id: string }>; searchParams: Promise<AdminSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.list" }))("title") };
}

/** Leads to a signature's page for those who have its id alone, such as the log of actions and old bookmarks. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, id: name } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "signature.read");
  const id = readPublicId(name);
  const slug = await letterOfSignature(admin, id);
  if (!slug) return <GoneSignature locale={locale} admin={admin} />;
  const pairs = Object.entries(await searchParams).flatMap(([key, value]) =>
    [value ?? []].flat().map((one): [string, string] => [key, one]),
  );
  const query = new URLSearchParams(pairs);
  permanentRedirect(`${signaturePath(locale, id, slug)}${query.size > 0 ? `?${query}` : ""}`);
}
