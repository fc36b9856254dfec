import DataLoader from "dataloader";
import { db } from "@/lib/db/client";
import { textChangeOf } from "@/lib/letters/difference/text-change";
import { type BehindLink, behindLink, knownTokens, type WaitingEntry } from "@/lib/signatures/queries";

/** Looks behind the token of a mailed link, now. Never cached: what it shows is not public. */
export function behindToken(token: string): Promise<BehindLink> {
  return behindLink(db, token, new Date());
}

/** What changed in the text since an entry was entered, in a reader's language. */
export const changeSince = ({ letterId, version }: WaitingEntry, locale: string) =>
  textChangeOf(db, letterId, version.id, locale);

/** How long tokens are gathered before the database is asked about all of them, in milliseconds. */
const GATHER_MS = 4;

/** A crowd asks for links that are nobody's: together they cost the database one question and not hundreds. */
const links = new DataLoader<string, boolean>(
  async (tokens) => {
    const known = await knownTokens(db, tokens);
    return tokens.map((token) => known.has(token));
  },
  { cache: false, maxBatchSize: 1_000, batchScheduleFn: (ask) => setTimeout(ask, GATHER_MS) },
);

/** Whether a mailed link is one of ours at all, whatever has become of it. */
export function isLinkKnown(token: string): Promise<boolean> {
  return links.load(token);
}
