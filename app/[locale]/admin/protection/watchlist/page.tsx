import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { ListDone } from "@/app/[locale]/admin/_parts/list-done";
import { adminOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { WatchlistNames } from "@/app/[locale]/admin/protection/watchlist/_parts/watchlist-names";
import { can } from "@/lib/auth/permissions";
import { watchlists } from "@/lib/moderation/watchlist/queries";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ done?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "lists.watching" }))("title") };
}

/** The names that are often faked, letter by letter, and the forms that change the lists. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const admin = await adminOrSignIn(locale, "watchlist.read");
  const t = await getTranslations("lists.watching");
  const lists = await watchlists(admin, locale);
  const edits = can(admin.role, "watchlist.edit");
  return (
    <AdminFrame locale={locale} admin={admin} current="watchlist">
      <ListDone list="watching" done={(await searchParams).done} />
      <h1 className="admin-title">{t("title")}</h1>
      <p className="admin-standing">{t("intro")}</p>
      {lists.length === 0 && <p>{t("noLetter")}</p>}
      <FormMessages locale={locale}>
        {lists.map((list) => (
          <WatchlistNames key={list.slug} list={list} locale={locale} edits={edits} />
        ))}
      </FormMessages>
    </AdminFrame>
  );
}
