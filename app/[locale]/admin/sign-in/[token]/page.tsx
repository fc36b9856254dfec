import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { answerWithStatus } from "@/app/_forms/form-state";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { DeadSignInLink, SignedIn, SignInButton } from "@/app/[locale]/admin/sign-in/_parts/sign-in-link";
import { currentSession } from "@/lib/auth/current-admin";
import { personOf } from "@/lib/auth/sessions";
import { linkWorks } from "@/lib/auth/sign-in-links";

type Props = { params: Promise<{ locale: string; token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  return { title: (await getTranslations({ locale, namespace: "admin.link" }))("title") };
}

/** The page of a mailed sign-in link. It shows; only its button signs in. */
export default async function Page({ params }: Props) {
  const { locale, token } = await params;
  setRequestLocale(locale);
  if (await linkWorks(token, new Date())) {
    return (
      <AdminFrame locale={locale}>
        <SignInButton locale={locale} token={token} />
      </AdminFrame>
    );
  }
  // Anyone who clicks twice has used the link up and is signed in.
  const session = await currentSession();
  if (!session) answerWithStatus(410);
  return (
    <AdminFrame locale={locale} admin={session?.admin ?? undefined}>
      {session ? (
        <SignedIn locale={locale} address={personOf(session).address} />
      ) : (
        <DeadSignInLink locale={locale} />
      )}
    </AdminFrame>
  );
}
