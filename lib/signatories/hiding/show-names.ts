import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { enqueueHiding } from "@/lib/jobs/queue";
import { changeLetter } from "@/lib/letters/change-letter";
import { countConcealed } from "@/lib/signatories/hiding/queries";
import { SHOWN_AFTER_MS } from "@/lib/signatories/hiding/rules";
import { endedLine, hiddenHash } from "@/lib/signatures/erasure/erased-hash";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";

type Showing = {
  /** What the organiser hides, by its id. */
  id: string;
  /** Whether the owner has just confirmed that it is them. */
  confirmed: boolean;
};

/**
 * Ends the hiding of names. They come back soon, in batches, unless their signatories hid them or withdrew,
 * or something else hides them.
 * @throws DomainError `not-confirmed`, `not-found`, `forbidden`
 */
export async function showNames(context: Context, slug: string, { id, confirmed }: Showing): Promise<void> {
  if (!confirmed) throw new DomainError("not-confirmed");
  await changeLetter(
    context,
    slug,
    async ({ tx, letter, note }) => {
      const total = await countConcealed(letter.id, null, tx);
      const ended = await tx.hiddenNames.updateManyAndReturn({
        where: { id, letterId: letter.id, active: true },
        data: { active: false, since: context.now, place: null, total },
        select: { country: true },
      });
      for (const { country } of ended) {
        await note("letter.show-names", { country: country || "all" });
        await noteHidden(tx, [endedLine(hiddenHash(letter.id, country))]);
      }
      if (ended.length === 0) throw new DomainError("not-found");
      await enqueueHiding(tx, letter.id, SHOWN_AFTER_MS / 1_000);
    },
    { may: "names.show", evenArchived: true },
  );
}
