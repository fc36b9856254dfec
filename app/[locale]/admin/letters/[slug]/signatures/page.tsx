import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { lettersHere } from "@/app/[locale]/admin/_parts/letters-here";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { NoSuchLetter } from "@/app/[locale]/admin/letters/_parts/no-such-letter";
import { type AdminSearch, readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { Signatures } from "@/app/[locale]/admin/signatures/_parts/signatures";

type Props = { params: Promise<{ locale: string; slug: string }>; searchParams: Promise<AdminSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.list" }))("title") };
}

/** The signatures of one letter that filters match; those that wait, unless others are asked for. */
export default async function Page({ params, searchParams }: Props) {
  const { locale, slug } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "signature.read");
  const letter = (await lettersHere(admin, locale)).find((one) => one.slug === slug);
  if (!letter) return <NoSuchLetter admin={admin} locale={locale} />;
  const { filters, ...asked } = readAdminSearch(await searchParams, ["VERIFIED"]);
  const ofLetter = { ...asked, filters: { ...filters, letterId: letter.id } };
  return <Signatures {...{ locale, admin }} whose={slug} asked={ofLetter} />;
}
