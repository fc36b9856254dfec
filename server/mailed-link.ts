import { readToken } from "@/lib/encryption/tokens";
import type { Refusal } from "@/lib/http/refusals";

/** The addresses of mailed links: what stands before the token and after it. */
const LINKS = [
  { before: "/signatures/", after: "/confirm", broken: "broken-link" },
  { before: "/admin/sign-in/", after: "", broken: "broken-sign-in-link" },
  { before: "/objections/", after: "", broken: "broken-report-link" },
  { before: "/m/", after: "", broken: "broken-link" },
  // Its own page says what to do.
  { before: "/stop-emails/", after: "", broken: null },
] as const satisfies readonly { before: string; after: string; broken: Refusal | null }[];

/** What is below the link to one's own signature besides. */
const BELOW = ["/address", "/data", "/download", "/receipt"];

/** A page below such an address that is no link. */
const OTHERS = ["/admin/sign-in/check-your-mailbox"];

/**
 * Reads the address of a mailed link as it arrives: with a full stop, a bracket or an invisible character behind it,
 * without its end, or in another case.
 * @param path without its language
 * @returns its right path; which refusal says how to get a whole one, where a part of the token is missing; null for
 * addresses that are no mailed link's
 */
export function mailedLink(path: string): { path: string } | { broken: Refusal } | null {
  const lower = path.toLowerCase();
  const link = LINKS.find(({ before }) => lower.startsWith(before));
  if (!link || OTHERS.includes(path)) return null;
  const [written = "", ...rest] = path.slice(link.before.length).split("/");
  const token = readToken(decoded(written));
  // Without its end it is the link to one's own signature. Its page passes on who lost the other's end.
  const own = `/${rest.join("/")}`;
  const after = rest.length === 0 ? "" : BELOW.includes(own) ? own : link.after;
  if (token) return { path: `${link.before}${token}${after}` };
  return link.broken && { broken: link.broken };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
