import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { formState } from "@/app/_forms/form-state";
import { FirstPasskey } from "@/app/[locale]/admin/_parts/account/first-passkey";
import { readNext } from "@/app/[locale]/admin/_parts/account/next-page";
import { VerifyPasskey } from "@/app/[locale]/admin/_parts/account/verify-passkey";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { currentSession } from "@/lib/auth/current-admin";
import { deviceOf } from "@/lib/auth/device";
import { personOf } from "@/lib/auth/sessions";
import { localePath } from "@/lib/i18n/locales";

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ next?: unknown }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "account.mfa" }))("title") };
}

/**
 * What stands between the mailed link and everything else: the passkey's proof, or the making of the first one. A whole
 * session comes here to be proved once more for a page that wants it.
 */
export default async function Page({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const session = (await currentSession()) ?? redirect(localePath(locale, "/admin/sign-in?first=1"));
  const next = readNext((await searchParams).next) ?? nextOfForm();
  const has = session.mfa.passkeys > 0;
  if (session.admin && !(next && has)) redirect(localePath(locale, next ? `/admin/${next}` : "/admin"));
  const action = localePath(locale, "/admin/second-factor");
  const device = deviceOf((await headers()).get("user-agent"));
  return (
    <AdminFrame locale={locale} admin={personOf(session)}>
      {has ? (
        <VerifyPasskey locale={locale} action={action} next={next} />
      ) : (
        <FirstPasskey locale={locale} action={action} device={device} />
      )}
    </AdminFrame>
  );
}

const nextOfForm = () => readNext((formState("recoveryCode") ?? formState("askPasskey"))?.values.next);
