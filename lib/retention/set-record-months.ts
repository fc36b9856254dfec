import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { RECORD_MONTHS } from "@/lib/retention/rules";

/**
 * Sets how many months after a letter has closed only its public record is left. What was confirmed for another time no longer
 * holds.
 * @throws DomainError `invalid`, `conflict` where it is done already, `not-found`, `forbidden`
 */
export async function setRecordMonths(context: Context, slug: string, months: number): Promise<void> {
  if (!Number.isInteger(months) || months < RECORD_MONTHS.least || months > RECORD_MONTHS.most)
    throw new DomainError("invalid");
  await changeLetter(
    context,
    slug,
    async ({ tx, letter, note }) => {
      const data = { recordMonths: months, recordConfirmed: null };
      const { count } = await tx.letter.updateMany({ where: { id: letter.id, recordSince: null }, data });
      if (count === 0) throw new DomainError("conflict");
      await note("letter.record-months", { months });
    },
    { may: "data.manage", evenArchived: true },
  );
}
