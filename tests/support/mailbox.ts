import { setTimeout as pause } from "node:timers/promises";

/** One mail as MailDev tells it. */
export type Mail = {
  id: string;
  subject: string;
  text: string;
  html: string;
  from: { address: string; name: string }[];
  to: { address: string; name: string }[];
  headers: Record<string, string>;
};

export type Mailbox = {
  url: string;
  /** All mails in the order of their arrival. */
  list(): Promise<Mail[]>;
  /** As the address is written in the mail. */
  listTo(address: string): Promise<Mail[]>;
  latestTo(address: string): Promise<Mail | undefined>;
  /** The latest mail to an address once `count` have arrived. @throws after a minute */
  waitFor(address: string, count?: number): Promise<Mail>;
  clear(): Promise<void>;
};

export function openMailbox(url: string): Mailbox {
  const read = async (query = "") => (await fetch(`${url}/api/email${query}`)).json() as Promise<Mail[]>;
  const list = () => read();
  const listTo = (address: string) => read(`?to.address=${encodeURIComponent(address)}`);
  const waitFor = async (address: string, count = 1) => {
    for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(50)) {
      const mails = await listTo(address);
      const latest = mails.at(-1);
      if (mails.length >= count && latest) return latest;
    }
    const subjects = (await list()).map((mail) => `${mail.to[0]?.address}: ${mail.subject}`);
    throw new Error(`No mail number ${count} to ${address}. There are:\n${subjects.join("\n")}`);
  };
  const clear = async () => {
    await fetch(`${url}/api/email/all`, { method: "DELETE" });
  };
  return { url, list, listTo, latestTo: async (address) => (await listTo(address)).at(-1), waitFor, clear };
}

/** The first link in a mail's text whose path contains `part`. @throws when there is none */
export function linkIn(mail: Mail, part: string): string {
  const link = mail.text.match(/https?:\/\/\S+/g)?.find((url) => url.includes(part));
  if (!link) throw new Error(`No link with ${part} in:\n${mail.text}`);
  return link;
}
