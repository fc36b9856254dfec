import { readTimedId, writeTimedId } from "@/app/[locale]/admin/_parts/places";
import { localePath } from "@/lib/i18n/locales";
import { MAIL_LISTS, type MailList, type MailPlace } from "@/lib/mail/failed-mails";

/** The parameters of the page of failed mails as they arrive. */
export type MailSearch = { list?: unknown; after?: unknown; done?: unknown; sent?: unknown; left?: unknown };

/** What the page says after a button was pressed: what was done, or that it had been done before. */
const DONE = ["resent", "late", "resentAll", "allowed", "allowedLate", "raised", "raisedLate"] as const;
export type MailDone = (typeof DONE)[number];

/** Reads the parameters of the page of failed mails; what is not understood counts as absent. */
export function readMailSearch({ list, after, done, sent, left }: MailSearch) {
  const asked: MailList = MAIL_LISTS.find((one) => one === list) ?? "open";
  const counts = { sent: readCount(sent), left: readCount(left) };
  return { list: asked, after: readTimedId(after), done: DONE.find((one) => one === done), counts };
}

const readCount = (text: unknown) => (typeof text === "string" && /^\d{1,9}$/.test(text) ? Number(text) : 0);

export function mailsPath(locale: string, list: MailList, after?: MailPlace): string {
  const query = new URLSearchParams(list === "open" ? {} : { list });
  if (after) query.set("after", writeTimedId(after));
  return localePath(locale, `/admin/emails${query.size > 0 ? `?${query}` : ""}`);
}
