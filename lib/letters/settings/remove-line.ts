import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import { hiddenHash } from "@/lib/signatures/erasure/erased-hash";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";

/** Removes a line about who withdrew, for somebody who has no link any more. @throws DomainError `forbidden` */
export async function removeLine(context: Context, slug: string, id: string): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { count } = await tx.withdrawalNote.deleteMany({ where: { id, letterId: letter.id } });
    // Its signatory was faster.
    if (count === 0) return;
    await noteHidden(tx, [hiddenHash(id)]);
    await publish("letter.remove-line");
  });
  await tryToNoteErasures();
}
