import { matching } from "@/lib/moderation/filters/matching";
import type { Filters } from "@/lib/moderation/filters/rules";
import { hiddenEntry } from "@/lib/signatories/hiding/queries";
import { Prisma } from "@/prisma/generated/client";

export type OfLetter = Filters & { letterId: string };

/** Whether the name of `signature g` may be shown, by its signatory and by the organiser, also while names are being hidden. */
export const mayBeShown = ({ letterId }: OfLetter): Prisma.Sql => Prisma.sql`(
  g.visibility = 'PUBLIC' AND NOT g.concealed AND NOT EXISTS (
    SELECT FROM public_signatory p WHERE p.signature_id = g.id AND ${hiddenEntry(letterId)}))`;

/** The condition over `signature g` for what a file holds, but for a text that is looked for. */
export const chosenFor = (filters: OfLetter, hidden: boolean): Prisma.Sql =>
  hidden ? matching(filters) : Prisma.sql`${matching(filters)} AND ${mayBeShown(filters)}`;
