import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FormMessages } from "@/app/_components/form-messages";
import { isShownAgain } from "@/app/_forms/form-state";
import { ConfirmFirst } from "@/app/[locale]/admin/_parts/account/confirm-first";
import { Done, readDone } from "@/app/[locale]/admin/_parts/account/done";
import { NoticeForm } from "@/app/[locale]/admin/_parts/account/notice-form";
import { PasskeySection } from "@/app/[locale]/admin/_parts/account/passkey-section";
import { RecoveryCodes } from "@/app/[locale]/admin/_parts/account/recovery-codes";
import { SessionList } from "@/app/[locale]/admin/_parts/account/session-list";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { sessionOrSignIn } from "@/app/[locale]/admin/admin-or-sign-in";
import { deviceOf } from "@/lib/auth/device";
import { ownSessions } from "@/lib/auth/own-sessions";
import { ownPasskeys } from "@/lib/auth/passkeys/own-passkeys";
import { can } from "@/lib/auth/permissions";
import { codesLeft } from "@/lib/auth/recovery/make-recovery-codes";
import { offersConfirmed } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";
import { chosenNotices } from "@/lib/moderation/notices/choose-notices";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ done?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "account.security" }))("title") };
}

/** An administrator's own passkeys, recovery codes and sessions. */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { id, admin, mfa } = await sessionOrSignIn(locale, "session.own");
  const t = await getTranslations("account.security");
  const action = localePath(locale, "/admin/account");
  const passkeys = await ownPasskeys(admin);
  const confirmed = offersConfirmed(mfa, new Date()) || isShownAgain();
  const device = deviceOf((await headers()).get("user-agent"));
  return (
    <AdminFrame locale={locale} admin={admin} current="account">
      <Done done={readDone((await searchParams).done)} />
      <h1 className="admin-title">{t("title")}</h1>
      <p>{t("text")}</p>
      {!confirmed && <ConfirmFirst locale={locale} next="account" mfa={mfa} />}
      <FormMessages locale={locale}>
        <PasskeySection passkeys={passkeys} action={action} device={device} confirmed={confirmed} />
        {passkeys.length > 0 && (
          <RecoveryCodes left={await codesLeft(admin)} action={action} confirmed={confirmed} />
        )}
        {can(admin.role, "signature.moderate") && (
          <NoticeForm chosen={await chosenNotices(admin)} action={action} />
        )}
      </FormMessages>
      <SessionList sessions={await ownSessions(admin, new Date())} current={id} action={action} />
    </AdminFrame>
  );
}
