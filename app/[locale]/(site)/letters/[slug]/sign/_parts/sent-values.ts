import { type KeptValues, keep, readKept } from "@/app/_forms/kept-values";
import { CORRECTION_MS } from "@/lib/signatures/rules";

/** What is typed into the forms of a letter. */
export const typedName = (slug: string) => `typed:${slug}`;
const sentName = (slug: string) => `sent:${slug}`;

/** Nothing stays on the device of somebody who wants not to be shown, or no email to show it: others may use or search it. */
export const mayStay = ({ visibility, discreet }: KeptValues) =>
  visibility !== "withheld" && discreet !== "on";

/** Keeps what was sent for the page that follows, and nothing for the form. */
export function keepSent(slug: string, as: string, email: string): void {
  const values = readKept(typedName(slug));
  keep(typedName(slug), null);
  keep(sentName(slug), values && { ...values, email, as, sentAt: String(Date.now()) });
}

/** What was sent by this tab a moment ago; what is older is dropped. The form is accepted: it holds nothing any more. */
export function readSent(slug: string): KeptValues | null {
  keep(typedName(slug), null);
  const sent = readKept(sentName(slug));
  const age = Date.now() - Number(sent?.sentAt ?? 0);
  if (sent && age < CORRECTION_MS) return sent;
  dropSent(slug);
  return null;
}

export const dropSent = (slug: string) => keep(sentName(slug), null);

/** Puts what was sent back into the form. */
export function correctSent(slug: string, sent: KeptValues): void {
  dropSent(slug);
  keep(typedName(slug), sent);
}
