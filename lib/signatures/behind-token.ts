import { db } from "@/lib/db/client";
import { type BehindLink, behindLink, isTokenKnown } from "@/lib/signatures/queries";

/** Looks behind the token of a mailed link, now. Never cached: what it shows is not public. */
export function behindToken(token: string): Promise<BehindLink> {
  return behindLink(db, token, new Date());
}

/** Whether a mailed link is one of ours at all, whatever has become of it. */
export function isLinkKnown(token: string): Promise<boolean> {
  return isTokenKnown(db, token);
}
