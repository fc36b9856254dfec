import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { lettersHere } from "@/app/[locale]/admin/_parts/letters-here";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { type AdminSearch, readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import { Signatures } from "@/app/[locale]/admin/signatures/_parts/signatures";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<AdminSearch> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.list" }))("title") };
}

/** The signatures of all letters that filters match; those that wait, unless others are asked for. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "signature.read");
  const asked = readAdminSearch(await searchParams, ["VERIFIED"]);
  const { letterId } = asked.filters;
  // Where earlier versions named the letter in the query.
  const letter = (await lettersHere(admin, locale)).find(({ id }) => id === letterId);
  if (letter) redirect(listPath(locale, letter.slug, asked.filters, asked));
  return <Signatures {...{ locale, admin, asked }} whose={null} />;
}
