import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { chooseText } from "@/lib/letters/rules";
import { findMove } from "@/lib/signatures/move/find-move";
import { needsModerator } from "@/lib/signatures/move/needs-moderator";

/** What is behind the link to a new mailbox: nothing of the person, whose address it may not be. */
export type BehindMoveLink =
  | { state: "open"; title: string; decided: boolean }
  /** Confirmed from here: the old mailbox has not yet, or a moderator decides. */
  | { state: "waits" | "decides" }
  /** The link to the old mailbox, with the address that was asked for. */
  | { state: "asked" | "agreed"; title: string; to: string }
  /** The same, where both have confirmed and a moderator decides. */
  | { state: "both"; title: string; to: string }
  | { state: "over" };

export async function behindMoveLink(token: string, locale: string, now: Date): Promise<BehindMoveLink> {
  const move = await findMove(db, token, now);
  if (!move) return { state: "over" };
  if (move.side === "new" && move.state === "CONFIRMED")
    return { state: move.agreedAt ? "decides" : "waits" };
  const row = await db.signature.findUniqueOrThrow({
    where: { id: move.signatureId },
    select: {
      address: true,
      key: { select: { wrapped: true } },
      signatory: { select: { kind: true } },
      letter: { select: { locale: true } },
      version: { select: { texts: { select: { locale: true, title: true } } } },
    },
  });
  if (!row.key) return { state: "over" };
  const key = decryptDataKey(move.signatureId, row.key.wrapped);
  const from = row.address ? decrypt(key, "signature.address", row.address) : "";
  const to = decrypt(key, "move.address", move.address);
  const { title } = chooseText(row.version.texts, locale, row.letter.locale);
  if (move.side === "old") {
    const agreed = move.state === "CONFIRMED" ? "both" : "agreed";
    return { state: move.agreedAt ? agreed : "asked", title, to };
  }
  return { state: "open", title, decided: needsModerator({ kind: row.signatory.kind, from, to }) };
}
