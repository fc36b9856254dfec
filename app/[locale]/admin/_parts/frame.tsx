import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Admin } from "@/lib/auth/admin";
import { type AdminAction, can } from "@/lib/auth/permissions";
import { localePath } from "@/lib/i18n/locales";

/** The pages of the navigation, in its order, and what one must be allowed to do to see them. */
const PAGES = [
  { name: "overview", path: "/admin", action: "signature.read" },
  { name: "letters", path: "/admin/letters", action: "letter.read" },
  { name: "signatures", path: "/admin/signatures?state=verified", action: "signature.read" },
  { name: "bulk", path: "/admin/bulk", action: "bulk.read" },
  { name: "watchlist", path: "/admin/watchlist", action: "lists.read" },
  { name: "blocks", path: "/admin/blocks", action: "lists.read" },
  { name: "mails", path: "/admin/mails", action: "mail.read" },
  { name: "team", path: "/admin/team", action: "team.manage" },
  { name: "security", path: "/admin/security", action: "session.own" },
] as const satisfies readonly { name: string; path: string; action: AdminAction }[];

/** Who is signed in, as far as the frame shows them; without a role while the second factor is still to be proved. */
export type FrameAdmin = { address: string; role?: Admin["role"] };

type Props = {
  locale: string;
  /** Absent on the pages that lead to the sign-in. */
  admin?: FrameAdmin;
  current?: (typeof PAGES)[number]["name"];
  children: ReactNode;
};

export function AdminFrame({ locale, admin, current, children }: Props) {
  const t = useTranslations();
  return (
    <>
      <a className="skip" href="#content">
        {t("site.skip")}
      </a>
      <header className="admin-header">
        <Navigation locale={locale} current={current} admin={admin} />
        {admin && <SignOut locale={locale} address={admin.address} />}
      </header>
      <main id="content" tabIndex={-1} className="admin">
        {children}
      </main>
    </>
  );
}

function Navigation({ locale, current, admin }: Omit<Props, "children">) {
  const t = useTranslations("admin.nav");
  const shown = PAGES.filter(({ action }) => admin?.role && can(admin.role, action));
  return (
    <nav aria-label={t("label")}>
      <ul className="admin-nav">
        {shown.map(({ name, path }) => (
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
      <input type="hidden" name="form" value="sign-out" />
      <span>{t.rich("signedIn", { address: () => <bdi dir="ltr">{address}</bdi> })}</span>
      <button type="submit" className="admin-link">
        {t("signOut")}
      </button>
    </form>
  );
}
