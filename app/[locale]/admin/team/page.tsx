import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { isShownAgain } from "@/app/_forms/form-state";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import { Done, readDone } from "@/app/[locale]/admin/_parts/account/done";
import { Invitation } from "@/app/[locale]/admin/_parts/account/invitation";
import { TeamList } from "@/app/[locale]/admin/_parts/account/team-list";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { lettersHere } from "@/app/[locale]/admin/_parts/letters-here";
import { sessionOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { offersConfirmed } from "@/lib/auth/rules";
import { teamMembers } from "@/lib/auth/team/team-members";
import { localePath } from "@/lib/i18n/locales";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ done?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "account.team" }))("title") };
}

/** Who administers this site, and as what; for owners. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { admin, mfa } = await sessionOrSignIn(locale, "team.manage");
  const confirmed = offersConfirmed(mfa, new Date()) || isShownAgain();
  const t = await getTranslations("account.team");
  const action = localePath(locale, "/admin/team");
  const letters = await lettersHere(admin, locale);
  return (
    <AdminFrame locale={locale} admin={admin} current="team">
      <Done done={readDone((await searchParams).done)} />
      <h1 className="admin-title">{t("title")}</h1>
      <p>{t("text")}</p>
      {!confirmed && <ConfirmFirst locale={locale} next="team" mfa={mfa} />}
      <FormMessages locale={locale}>
        <TeamList members={await teamMembers(admin)} {...{ letters, action, confirmed }} />
        {confirmed && <Invitation action={action} letters={letters} />}
      </FormMessages>
    </AdminFrame>
  );
}
