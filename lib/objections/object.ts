import { v7 as uuid } from "uuid";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { networkExceeds } from "@/lib/abuse/limits/network-limits";
import { db } from "@/lib/db/client";
import { createToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { encryptContents } from "@/lib/objections/contents";
import { mailObjector } from "@/lib/objections/mail-objector";
import { entryOf } from "@/lib/objections/queries";
import { MOST_OF_MAILBOX } from "@/lib/objections/rules";
import { addressHash, networkHash } from "@/lib/signatures/claim";
import type { ObjectionState } from "@/prisma/generated/enums";

const WAITING: ObjectionState[] = ["UNCONFIRMED", "OPEN"];

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
 * Takes in that somebody objects to an entry of the list, and asks their mailbox whether it is them. Nothing follows before that.
 * Nobody is told what became of it: beyond a mailbox's limit it is dropped.
 * @returns false for too many of one network
 * @throws DomainError `not-found` where the list does not show the entry any more
 */
export async function objectTo(objecting: Objecting): Promise<boolean> {
  const { slug, entry, email, locale, network, now } = objecting;
  if (await networkExceeds(LIMITS.objectionsOfNetwork, network)) return false;
  const found = await entryOf(slug, entry);
  if (!found) throw new DomainError("not-found");
  const { letterId, signatureId } = found;
  const of = addressHash(email);
  const since = new Date(now.getTime() - 86_400_000);
  if ((await db.objection.count({ where: { addressHash: of, createdAt: { gt: since } } })) >= MOST_OF_MAILBOX)
    return true;
  const waits = { signatureId, addressHash: of, state: { in: WAITING } };
  if ((await db.objection.count({ where: waits })) > 0) return true;
  const id = uuid();
  // Made when it is mailed: until then no link leads to it.
  const { hash: tokenHash } = createToken();
  const { contents, wrapped } = encryptContents(id, { email, comment: objecting.comment, locale });
  const networked = network ? networkHash(network) : null;
  await db.$transaction(async (tx) => {
    const row = {
      id,
      letterId,
      signatureId,
      tokenHash,
      contents,
      wrapped,
      addressHash: of,
      networkHash: networked,
    };
    await tx.objection.createMany({ data: { ...row, createdAt: now } });
    await mailObjector(tx, id, now);
  });
  return true;
}
