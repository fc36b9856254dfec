import { db } from "@/lib/db/client";
import { type BehindToken, signatureBehindToken } from "@/lib/signatures/queries";

/** Looks behind the token of a mailed link, now. Never cached: what it shows is not public. */
export function behindToken(token: string): Promise<BehindToken> {
  return signatureBehindToken(db, token, new Date());
}
