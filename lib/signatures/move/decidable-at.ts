import type { Database } from "@/lib/db/client";
import { objectionEnd } from "@/lib/signatures/move/rules";
import type { AddressMove } from "@/prisma/generated/client";

type Move = Pick<AddressMove, "signatureId" | "askedAt" | "agreedAt">;

/**
 * From when a moderator may approve a move: at once where the old mailbox agreed, else a week after the email
 * about it left or failed. One that still waits counts from when it may leave next: nobody shortens the week
 * that way.
 */
export async function decidableAt(database: Database, { signatureId, ...move }: Move): Promise<Date> {
  if (move.agreedAt) return move.agreedAt;
  const mail = await database.mail.findFirst({
    where: { signatureId, message: "address-asked" },
    orderBy: { queuedAt: "desc" },
    select: { doneAt: true, notBefore: true },
  });
  const told = mail?.doneAt ?? mail?.notBefore;
  // The email of this move may be forgotten by now, and the last one an older move's.
  return objectionEnd(told && told > move.askedAt ? told : move.askedAt);
}
