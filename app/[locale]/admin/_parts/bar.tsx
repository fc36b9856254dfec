import { useFormatter, useTranslations } from "next-intl";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import type { FrameAdmin } from "@/app/[locale]/admin/_parts/frame";
import { listPath } from "@/app/[locale]/admin/_parts/paths";
import { type AdminAction, canSomewhere } from "@/lib/auth/permissions";
import { localePath } from "@/lib/i18n/locales";
import { wholeView } from "@/lib/moderation/filters/rules";
import { addUp, type LetterCounts } from "@/lib/moderation/letter-counts";

type Entry = { name: string; path: string; action: AdminAction };

/** The places of every day, in their order, and what one must be allowed to do to see them. */
const DAILY = [
  { name: "overview", path: "/admin", action: "letter.read" },
  { name: "signatures", path: "/admin/signatures", action: "signature.read" },
  { name: "letters", path: "/admin/letters", action: "letter.read" },
  { name: "emails", path: "/admin/emails", action: "mail.read" },
  { name: "team", path: "/admin/team", action: "team.manage" },
] as const satisfies readonly Entry[];

/** What is needed now and then. */
const MORE = [
  { name: "watchlist", path: "/admin/protection/watchlist", action: "watchlist.read" },
  { name: "blocklist", path: "/admin/protection/blocklist", action: "blocklist.read" },
  { name: "objections", path: "/admin/objections", action: "signature.read" },
  { name: "bulk", path: "/admin/bulk", action: "bulk.read" },
  { name: "site", path: "/admin/site", action: "site.edit" },
  { name: "data", path: "/admin/data", action: "data.manage" },
  { name: "audit", path: "/admin/audit", action: "audit.head" },
  { name: "account", path: "/admin/account", action: "session.own" },
] as const satisfies readonly Entry[];

export type Place = (typeof DAILY | typeof MORE)[number]["name"];

type Props = {
  locale: string;
  admin?: FrameAdmin;
  current?: Place;
  letters: LetterCounts[];
  /** The letter that the page is about. */
  chosen?: LetterCounts;
};

/** The way to all places. It opens without a script: on a phone one menu holds everything. */
export function Bar({ locale, admin, current, letters, chosen }: Props) {
  const t = useTranslations("admin.nav");
  const allowed = <E extends Entry>(entries: readonly E[]) =>
    entries.filter(({ action }) => admin?.role && canSomewhere(admin, action));
  const waiting = addUp(chosen ? [chosen] : letters).VERIFIED;
  // Of a site with one letter there is no list of all.
  const letter = chosen ?? (letters.length === 1 ? letters[0] : undefined);
  const places = { locale, current, chosen: letter, waiting, entries: allowed(DAILY) };
  const rest = allowed(MORE);
  return (
    <header className="bar">
      <nav aria-label={t("label")} className="bar-nav">
        {letters.length > 0 && <Switcher {...{ locale, current, letters, chosen }} />}
        <ul className="bar-places">
          <Places {...places} />
        </ul>
        {admin ? (
          <details className="bar-menu" name="bar">
            <summary data-current={rest.some(({ name }) => name === current) || undefined}>
              <span className="bar-wide">{t("more")}</span>
              <span className="bar-narrow">{t("menu")}</span>
            </summary>
            <div className="bar-panel">
              <ul className="bar-narrow">
                <Places {...places} />
              </ul>
              <ul>
                <Places {...places} entries={rest} />
                <li>
                  <a href={localePath(locale, "/")}>{t("publicSite")}</a>
                </li>
              </ul>
              <SignOut locale={locale} address={admin.address} />
            </div>
          </details>
        ) : (
          <a className="bar-home" href={localePath(locale, "/")}>
            {t("publicSite")}
          </a>
        )}
      </nav>
    </header>
  );
}

type PlacesProps = Pick<Props, "locale" | "current" | "chosen"> & {
  entries: readonly Entry[];
  waiting: number;
};

function Places({ locale, current, chosen, waiting, entries }: PlacesProps) {
  const t = useTranslations("admin.nav");
  const format = useFormatter();
  return entries.map(({ name, path }) => (
    <li key={name}>
      <a href={pathOf(name, path, locale, chosen)} aria-current={name === current ? "page" : undefined}>
        {t(name)}
        {name === "signatures" && waiting > 0 && (
          <>
            {" "}
            <span className="count" aria-hidden="true">
              {format.number(waiting)}
            </span>
            <span className="visually-hidden">{t("waiting", { count: waiting })}</span>
          </>
        )}
      </a>
    </li>
  ));
}

function pathOf(name: string, path: string, locale: string, chosen?: LetterCounts): string {
  return name === "signatures"
    ? listPath(locale, chosen?.slug ?? null, wholeView("VERIFIED"))
    : localePath(locale, path);
}

/** Which letter the page is about, and the way to the same page of another. */
function Switcher({ locale, current, letters, chosen }: Omit<Props, "admin">) {
  const t = useTranslations("admin.nav");
  const format = useFormatter();
  const isQueue = current === "signatures";
  const all = isQueue ? listPath(locale, null, wholeView("VERIFIED")) : localePath(locale, "/admin/letters");
  return (
    <details className="bar-letter" name="bar">
      <summary>
        <span className="visually-hidden">{t("letter")}</span>{" "}
        {chosen ? (
          <span {...letterLanguage(chosen.textLocale, locale)} className="bar-title">
            {chosen.title}
          </span>
        ) : (
          <span className="bar-title">{t("allLetters")}</span>
        )}
      </summary>
      <ul className="bar-panel">
        <li>
          <a href={all} aria-current={chosen ? undefined : "true"}>
            {t("allLetters")}
          </a>
        </li>
        {letters.map(({ slug, title, textLocale, counts }) => (
          <li key={slug}>
            <a
              href={
                isQueue
                  ? listPath(locale, slug, wholeView("VERIFIED"))
                  : localePath(locale, `/admin/letters/${slug}`)
              }
              aria-current={slug === chosen?.slug ? "true" : undefined}
            >
              <span {...letterLanguage(textLocale, locale)}>{title}</span>
              {counts.VERIFIED > 0 && (
                <span className="count">
                  {format.number(counts.VERIFIED)}
                  <span className="visually-hidden"> {t("waiting", { count: counts.VERIFIED })}</span>
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function SignOut({ locale, address }: { locale: string; address: string }) {
  const t = useTranslations("admin.nav");
  return (
    <form method="post" action={localePath(locale, "/admin/sign-out")} className="bar-sign-out">
      <input type="hidden" name="form" value="sign-out" />
      <p>{t.rich("signedIn", { address: () => <bdi dir="ltr">{address}</bdi> })}</p>
      <button type="submit">{t("signOut")}</button>
    </form>
  );
}
