import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { FirstPasskey } from "@/app/_components/account/first-passkey";
import { ProvePasskey } from "@/app/_components/account/prove-passkey";
import { AdminFrame } from "@/app/_components/admin/frame";
import { currentSession } from "@/lib/auth/current-admin";
import { deviceOf } from "@/lib/auth/device";
import { hasPasskey } from "@/lib/auth/passkeys/own-passkeys";
import { localePath } from "@/lib/i18n/locales";

type Props = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "account.proof" }))("title") };
}

/** What stands between the mailed link and everything else: the passkey's proof, or the making of the first one. */
export default async function Page({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const session = (await currentSession()) ?? redirect(localePath(locale, "/admin/sign-in?first=1"));
  if (!session.half) redirect(localePath(locale, "/admin"));
  const action = localePath(locale, "/admin/second-factor");
  const device = deviceOf((await headers()).get("user-agent"));
  return (
    <AdminFrame locale={locale} admin={session.half}>
      {(await hasPasskey(session)) ? (
        <ProvePasskey locale={locale} action={action} />
      ) : (
        <FirstPasskey locale={locale} action={action} device={device} />
      )}
    </AdminFrame>
  );
}
