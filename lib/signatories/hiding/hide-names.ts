import { v7 as uuid } from "uuid";
import type { Context } from "@/lib/auth/context";
import { enqueueHiding } from "@/lib/jobs/queue";
import { changeLetter } from "@/lib/letters/change-letter";
import { voidPressCopiesOf } from "@/lib/letters/press-copy/void-press-copies";
import { voidExportsOf } from "@/lib/moderation/export/void-exports";
import { countListed } from "@/lib/signatories/hiding/queries";
import { ALL_COUNTRIES } from "@/lib/signatories/hiding/rules";
import { hiddenHash } from "@/lib/signatures/erasure/erased-hash";
import { tryToNoteErasures } from "@/lib/signatures/erasure/note-erasures";
import { noteHidden } from "@/lib/signatures/erasure/note-hidden";

/**
 * Hides the names of a letter's individuals, or of one country's, from now on. Readers see none once this
 * commits: the list heeds the rule itself, and its rows go in batches.
 * @param country null for all
 * @throws DomainError `not-found`, `forbidden`
 */
export async function hideNames(context: Context, slug: string, country: string | null): Promise<void> {
  await changeLetter(
    context,
    slug,
    async ({ tx, letter, publish }) => {
      const { id: letterId } = letter;
      const of = { letterId, country: country ?? ALL_COUNTRIES };
      const total = await countListed(letterId, of.country, tx);
      const begun = { active: true, since: context.now, total, place: null };
      await tx.hiddenNames.upsert({
        where: { letterId_country: of },
        create: { id: uuid(), ...of, ...begun },
        update: begun,
      });
      // Files that hold them open no more, from now on.
      await voidExportsOf(tx, letterId, context.now, { shown: true, confirmed: true });
      await voidPressCopiesOf(tx, letter, context.now);
      await noteHidden(tx, [hiddenHash(letterId, of.country)]);
      await publish("letter.hide-names", { country: country ?? "all" });
      await enqueueHiding(tx, letterId);
    },
    { evenArchived: true },
  );
  await tryToNoteErasures();
}
