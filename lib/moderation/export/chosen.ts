import { matching } from "@/lib/moderation/filters/matching";
import type { Filters } from "@/lib/moderation/filters/rules";
import { hiddenEntry } from "@/lib/signatories/hiding/queries";
import { Prisma } from "@/prisma/generated/client";

export type OfLetter = Filters & { letterId: string };

/**
 * Whether the name of `signature g` may be shown, by its signatory and by the organiser. While any names are
 * hidden, an individual's is shown only where the list shows it: the country of one that waits is encrypted.
 */
export const mayBeShown = ({ letterId }: OfLetter): Prisma.Sql => Prisma.sql`(
  g.visibility = 'PUBLIC' AND NOT g.concealed
  AND NOT EXISTS (SELECT FROM public_signatory p WHERE p.signature_id = g.id AND ${hiddenEntry(letterId)})
  AND (NOT EXISTS (SELECT FROM hidden_names h WHERE h.letter_id = ${letterId}::uuid AND h.active)
    OR EXISTS (SELECT FROM public_signatory p WHERE p.signature_id = g.id)
    OR EXISTS (SELECT FROM signatory o WHERE o.id = g.signatory_id AND o.kind = 'ORGANISATION')))`;

/** The condition over `signature g` for what a file holds, but for a text that is looked for. */
export const chosenFor = (filters: OfLetter, hidden: boolean): Prisma.Sql =>
  hidden ? matching(filters) : Prisma.sql`${matching(filters)} AND ${mayBeShown(filters)}`;
