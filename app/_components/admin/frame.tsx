import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { localePath } from "@/lib/i18n/locales";

type Props = {
  locale: string;
  /** The signed-in administrator's address; absent on the pages that lead there. */
  address?: string;
  current?: "overview" | "signatures";
  children: ReactNode;
};

/** The frame of the moderators' pages. */
export function AdminFrame({ locale, address, current, children }: Props) {
  const t = useTranslations();
  return (
    <>
      <a className="skip" href="#content">
        {t("site.skip")}
      </a>
      <header className="admin-header">
        <Navigation locale={locale} current={current} signedIn={Boolean(address)} />
        {address && <SignOut locale={locale} address={address} />}
      </header>
      <main id="content" tabIndex={-1} className="admin">
        {children}
      </main>
    </>
  );
}

function Navigation({ locale, current, signedIn }: { locale: string; current?: string; signedIn: boolean }) {
  const t = useTranslations("admin.nav");
  const pages = { overview: "/admin", signatures: "/admin/signatures?state=verified" };
  const shown = signedIn ? Object.entries(pages) : [];
  return (
    <nav aria-label={t("label")}>
      <ul className="admin-nav">
        {shown.map(([name, path]) => (
          <li key={name}>
            <a href={localePath(locale, path)} aria-current={name === current ? "page" : undefined}>
              {t(name)}
            </a>
          </li>
        ))}
        <li>
          <a href={localePath(locale, "/")}>{t("site")}</a>
        </li>
      </ul>
    </nav>
  );
}

function SignOut({ locale, address }: { locale: string; address: string }) {
  const t = useTranslations("admin.nav");
  return (
    <form method="post" action={localePath(locale, "/admin/sign-out")} className="admin-sign-out">
      <span>{t.rich("signedIn", { address: () => <bdi dir="ltr">{address}</bdi> })}</span>
      <button type="submit" className="admin-link">
        {t("signOut")}
      </button>
    </form>
  );
}
