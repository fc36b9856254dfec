import { v7 as uuid } from "uuid";
import { LIMITS, SECOND_CLICK_MS } from "@/lib/abuse/limits/limits";
import { networkExceeds } from "@/lib/abuse/limits/network-limits";
import { db } from "@/lib/db/client";
import { createToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { encryptAgain, encryptContents, openContents } from "@/lib/objections/contents";
import { mailObjector } from "@/lib/objections/mail-objector";
import { entryOf } from "@/lib/objections/queries";
import { addressHash, networkHash } from "@/lib/signatures/claim";

type Objecting = {
  slug: string;
  /** Names the entry, as the list does. */
  entry: string;
  email: string;
  comment: string | null;
  locale: string;
  network: string | null;
  now: Date;
};

/**
 * Takes in that somebody objects to an entry of the list, and asks their mailbox whether it is them: later,
 * where a limit is against it now. Nothing follows before that. Anyone who objects again is asked again: the
 * first email may be lost.
 * @returns false for too many of one network
 * @throws DomainError `not-found` where the list does not show the entry any more
 */
export async function objectTo(objecting: Objecting): Promise<boolean> {
  const { slug, entry, email, comment, locale, network, now } = objecting;
  if (await networkExceeds(LIMITS.objectionsOfNetwork, network)) return false;
  const found = await entryOf(slug, entry);
  if (!found) throw new DomainError("not-found");
  const of = addressHash(email);
  const networked = network ? networkHash(network) : null;
  const same = { signatureId: found.signatureId, addressHash: of };
  await db.$transaction(async (tx) => {
    const before = await tx.objection.findFirst({
      where: { ...same, state: { in: ["UNCONFIRMED", "OPEN"] } },
      select: { id: true, contents: true, wrapped: true },
    });
    const id = before?.id ?? uuid();
    const opened = before && openContents(before);
    if (opened) {
      const unconfirmed = { id, state: "UNCONFIRMED" as const };
      // A stranger may have come first in their name: the link's page shows the latest words, which count.
      const contents = encryptAgain(opened.key, { email, comment, locale, token: opened.token });
      await tx.objection.updateMany({ where: unconfirmed, data: { contents } });
      // Confirmed, or mailed this minute: nothing more to ask.
      const asked = {
        OR: [{ mailedAt: null }, { mailedAt: { lte: new Date(now.getTime() - SECOND_CLICK_MS) } }],
      };
      await tx.objection.updateMany({
        where: { ...unconfirmed, ...asked },
        data: { mailedAt: null, createdAt: now, networkHash: networked },
      });
    } else if (!before) {
      // Made when it is mailed: until then no link leads to it.
      const { hash: tokenHash } = createToken();
      const { contents, wrapped } = encryptContents(id, { email, comment, locale });
      const row = {
        id,
        letterId: found.letterId,
        ...same,
        tokenHash,
        contents,
        wrapped,
        networkHash: networked,
      };
      await tx.objection.createMany({ data: { ...row, createdAt: now } });
    }
    await mailObjector(tx, id, now);
  });
  return true;
}
