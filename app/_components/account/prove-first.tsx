import { useTranslations } from "next-intl";
import type { NextPage } from "@/app/_components/account/next-page";
import { FRESH_MINUTES, type SessionProof } from "@/lib/auth/rules";
import { localePath } from "@/lib/i18n/locales";

type Props = { locale: string; next: NextPage; proof: SessionProof };

/** Stands before what decides who gets in, until whoever wants to change it has proved once more who they are. */
export function ProveFirst({ locale, next, proof: { passkeys } }: Props) {
  const t = useTranslations(passkeys > 0 ? "account.again" : "account.signInAgain");
  const path = passkeys > 0 ? `/admin/second-factor?next=${next}` : "/admin/sign-in";
  return (
    <div className="account-again">
      <p>{t("text", { minutes: FRESH_MINUTES })}</p>
      <a className="button" href={localePath(locale, path)}>
        {t("submit")}
      </a>
    </div>
  );
}
