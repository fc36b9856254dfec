import { useTranslations } from "next-intl";
import type { NextPage } from "@/app/[locale]/admin/_parts/account/next-page";
import { CONFIRMED_MINUTES, type SessionMfa } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";

type Props = {
  locale: string;
  next: NextPage;
  mfa: SessionMfa;
  /** Why, where it is not about who gets in. */
  why?: string;
};

/** Asks administrators to confirm who they are before they decide who gets in or email many people. */
export function ConfirmFirst({ locale, next, mfa: { passkeys }, why }: Props) {
  const t = useTranslations(passkeys > 0 ? "account.again" : "account.signInAgain");
  const page = passkeys > 0 ? "second-factor" : "sign-in";
  const path = `/admin/${page}?next=${encodeURIComponent(next)}`;
  return (
    <div className="account-again">
      <p>{why ?? t("text", { minutes: CONFIRMED_MINUTES })}</p>
      <a className="button" href={localePath(locale, path)}>
        {t("submit")}
      </a>
    </div>
  );
}
