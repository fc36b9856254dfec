import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/i18n/locales";
import arAbout from "@/messages/ar/about.json";
import arAccount from "@/messages/ar/account.json";
import arAdmin from "@/messages/ar/admin.json";
import arBulk from "@/messages/ar/bulk.json";
import arConfirming from "@/messages/ar/confirming.json";
import arData from "@/messages/ar/data.json";
import arErrors from "@/messages/ar/errors.json";
import arExports from "@/messages/ar/exports.json";
import arFlags from "@/messages/ar/flags.json";
import arLetter from "@/messages/ar/letter.json";
import arLetters from "@/messages/ar/letters.json";
import arLists from "@/messages/ar/lists.json";
import arMail from "@/messages/ar/mail.json";
import arMails from "@/messages/ar/mails.json";
import arOwn from "@/messages/ar/own.json";
import arSetup from "@/messages/ar/setup.json";
import arSignatories from "@/messages/ar/signatories.json";
import arSigning from "@/messages/ar/signing.json";
import arSite from "@/messages/ar/site.json";
import arStatistics from "@/messages/ar/statistics.json";
import enAbout from "@/messages/en/about.json";
import enAccount from "@/messages/en/account.json";
import enAdmin from "@/messages/en/admin.json";
import enBulk from "@/messages/en/bulk.json";
import enConfirming from "@/messages/en/confirming.json";
import enData from "@/messages/en/data.json";
import enErrors from "@/messages/en/errors.json";
import enExports from "@/messages/en/exports.json";
import enFlags from "@/messages/en/flags.json";
import enLetter from "@/messages/en/letter.json";
import enLetters from "@/messages/en/letters.json";
import enLists from "@/messages/en/lists.json";
import enMail from "@/messages/en/mail.json";
import enMails from "@/messages/en/mails.json";
import enOwn from "@/messages/en/own.json";
import enSetup from "@/messages/en/setup.json";
import enSignatories from "@/messages/en/signatories.json";
import enSigning from "@/messages/en/signing.json";
import enSite from "@/messages/en/site.json";
import enStatistics from "@/messages/en/statistics.json";

/** The parts that the messages are kept in: one file each, `messages/{locale}/{namespace}.json`. */
export const NAMESPACES = [
  "site",
  "letter",
  "signing",
  "confirming",
  "signatories",
  "errors",
  "mail",
  "admin",
  "exports",
  "flags",
  "letters",
  "lists",
  "account",
  "bulk",
  "mails",
  "own",
  "about",
  "setup",
  "data",
  "statistics",
] as const;

export type Namespace = (typeof NAMESPACES)[number];

export type MessageTree = { [key: string]: string | MessageTree };

type Messages = Record<Namespace, MessageTree>;

const MESSAGES: Record<Locale, Messages> = {
  en: {
    site: enSite,
    letter: enLetter,
    signing: enSigning,
    confirming: enConfirming,
    signatories: enSignatories,
    errors: enErrors,
    mail: enMail,
    admin: enAdmin,
    exports: enExports,
    flags: enFlags,
    letters: enLetters,
    lists: enLists,
    account: enAccount,
    bulk: enBulk,
    mails: enMails,
    own: enOwn,
    about: enAbout,
    setup: enSetup,
    data: enData,
    statistics: enStatistics,
  },
  ar: {
    site: arSite,
    letter: arLetter,
    signing: arSigning,
    confirming: arConfirming,
    signatories: arSignatories,
    errors: arErrors,
    mail: arMail,
    admin: arAdmin,
    exports: arExports,
    flags: arFlags,
    letters: arLetters,
    lists: arLists,
    account: arAccount,
    bulk: arBulk,
    mails: arMails,
    own: arOwn,
    about: arAbout,
    setup: arSetup,
    data: arData,
    statistics: arStatistics,
  },
};

/** All messages of a language; those of the default language for one that the interface does not speak. */
export function loadMessages(locale: string): Messages {
  return MESSAGES[isLocale(locale) ? locale : DEFAULT_LOCALE];
}

/** The messages of some namespaces, for pages that hand them on to the browser; of `site` what is said there. */
export function pickMessages(locale: string, namespaces: readonly Namespace[]): Partial<Messages> {
  const all = { ...loadMessages(locale), site: siteInBrowser(locale) };
  return Object.fromEntries(namespaces.map((namespace) => [namespace, all[namespace]]));
}

const inBrowser = new Map<string, MessageTree>();

/** What forms and the page of a failure say. The same object each time, so that React sends it once. */
function siteInBrowser(locale: string): MessageTree {
  const kept = inBrowser.get(locale);
  if (kept) return kept;
  const { form, failure, skip, footer, languages, language, refused } = loadMessages(locale).site;
  const { open, "other-address": otherAddress } = refused as MessageTree;
  const made = {
    ...{ form, failure, skip, footer, languages, language },
    refused: { open, "other-address": otherAddress },
  } as MessageTree;
  inBrowser.set(locale, made);
  return made;
}
