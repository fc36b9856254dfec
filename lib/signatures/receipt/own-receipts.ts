import { db } from "@/lib/db/client";
import { behindManageLink, type OwnSignature } from "@/lib/signatures/own/own-signatures";
import { type Agreed, receiptOf } from "@/lib/signatures/receipt/receipt";
import { type SignedReceipt, signReceipt } from "@/lib/signatures/receipt/signed-receipt";
import { dataHandling } from "@/lib/site/handling";
import { siteNow } from "@/lib/site/queries";

/** A receipt for each of one's own signatures, for whoever holds the link; null for a link that leads to none. */
export async function ownReceipts(
  token: string,
  locale: string,
  now: Date,
): Promise<{ receipts: SignedReceipt[] } | null> {
  const behind = await behindManageLink(token, locale, now);
  if (behind.state !== "open") return null;
  const site = await siteNow(db);
  const { carrier } = dataHandling();
  const make = async (signature: OwnSignature) =>
    signReceipt(receiptOf(signature, await agreedIn(signature), site, carrier));
  return { receipts: await Promise.all(behind.signatures.map(make)) };
}

/**
 * The letter's part of it. The audit log keeps each line that people were ever asked to agree to, under the
 * hash at its name's end.
 */
async function agreedIn({ slug, consent }: OwnSignature): Promise<Agreed> {
  const { id: letterId, recordMonths } = await db.letter.findUniqueOrThrow({
    where: { slug },
    select: { id: true, recordMonths: true },
  });
  const [, hash] = consent.version.split("+");
  if (!hash) return { consentLine: null, recordMonths };
  const set = await db.auditEntry.findFirst({
    where: {
      letterId,
      action: "letter.words",
      details: { path: ["consentVersion"], string_ends_with: `+${hash}` },
    },
    select: { details: true },
  });
  const line = (set?.details as { consentLine?: string } | undefined)?.consentLine;
  return { consentLine: line ?? null, recordMonths };
}
