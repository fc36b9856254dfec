import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { AdminFrame } from "@/app/[locale]/admin/_parts/frame";
import { LetterStatus } from "@/app/[locale]/admin/letters/_parts/letter-status";
import type { Admin } from "@/lib/auth/admin";
import { type AdminAction, canDo } from "@/lib/auth/permissions";
import { localePath } from "@/lib/i18n/locales";
import type { OrganiserLetter } from "@/lib/letters/organiser-queries";

/** The pages in their order, and what one must be allowed to do to see them. */
const TABS = [
  { tab: "overview", action: "letter.read" },
  { tab: "text", action: "letter.read" },
  { tab: "pictures", action: "letter.read" },
  { tab: "versions", action: "letter.read" },
  { tab: "statistics", action: "statistics.read" },
  { tab: "export", action: "export.make" },
  { tab: "settings", action: "letter.edit" },
] as const satisfies readonly { tab: string; action: AdminAction }[];

type Tab = (typeof TABS)[number]["tab"];

/** The address of one of a letter's pages for its organiser. */
export const organiserPath = (locale: string, slug: string, tab: Tab = "overview") =>
  localePath(locale, `/admin/letters/${slug}${tab === "overview" ? "" : `/${tab}`}`);

/** What a form before this page can have done. */
const DONE = [
  "created",
  "saved",
  "published",
  "changed",
  "scheduled",
  "times",
  "closed",
  "reopened",
  "note",
  "slug",
  "places",
  "timeline",
  "signing",
  "list",
  "pinned",
  "words",
  "organisers",
  "archived",
  "unarchived",
  "unpublished",
  "again",
  "namesHidden",
  "namesShown",
] as const;

export type DoneCode = (typeof DONE)[number];

type Props = {
  admin: Admin;
  letter: OrganiserLetter;
  locale: string;
  tab: Tab;
  done?: unknown;
  children: ReactNode;
};

/** The frame of a letter's pages for its organiser: its title and state, and the way between them. */
export function LetterPages({ admin, letter, locale, tab, done, children }: Props) {
  const t = useTranslations("letters");
  const known = DONE.find((code) => code === done);
  return (
    <AdminFrame locale={locale} admin={admin} current="letters" letter={letter.slug}>
      {known && (
        <p className="notice" role="status">
          {t(`done.${known}`)}
        </p>
      )}
      <p className="note">
        <a href={localePath(locale, "/admin/letters")}>{t("back")}</a>
      </p>
      <h1 className="admin-title" {...letterLanguage(letter.textLocale, locale)}>
        {letter.title}
      </h1>
      <LetterStatus letter={letter} />
      <nav aria-label={t("tabs.label")}>
        <ul className="letter-tabs">
          {TABS.filter(({ action }) => canDo(admin, action, letter.id)).map((one) => (
            <li key={one.tab}>
              <a
                href={organiserPath(locale, letter.slug, one.tab)}
                aria-current={one.tab === tab ? "page" : undefined}
              >
                {t(`tabs.${one.tab}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </AdminFrame>
  );
}
