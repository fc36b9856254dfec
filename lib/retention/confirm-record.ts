import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { recordTime } from "@/lib/retention/rules";

type Confirming = {
  /** The time that was shown: nothing else is confirmed. Null takes the confirmation back. */
  time: Date | null;
  /** Whether the owner has just confirmed that it is them. */
  confirmed: boolean;
};

/**
 * Confirms that all but the public record of a closed letter is deleted at a time, or takes that back while nothing is deleted.
 * @throws DomainError `not-confirmed`, `conflict` where the letter is not closed, has another time or is done, `not-found`,
 * `forbidden`
 */
export async function confirmRecord(
  context: Context,
  slug: string,
  { time, confirmed }: Confirming,
): Promise<void> {
  if (time && !confirmed) throw new DomainError("not-confirmed");
  await changeLetter(
    context,
    slug,
    async ({ tx, letter: { id, closesAt }, note }) => {
      const { recordMonths, recordSince, recordPlace } = await tx.letter.findUniqueOrThrow({ where: { id } });
      const due = recordTime({ closesAt, recordMonths });
      const isClosed = closesAt !== null && closesAt <= context.now;
      if (recordSince || recordPlace || (time && (!isClosed || time.getTime() !== due?.getTime())))
        throw new DomainError("conflict");
      await tx.letter.update({ where: { id }, data: { recordConfirmed: time }, select: { id: true } });
      if (time) await note("letter.record-confirm", { time: time.toISOString() });
      else await note("letter.record-cancel");
    },
    { may: "data.manage", evenArchived: true },
  );
}
