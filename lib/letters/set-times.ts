import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { letterStatus } from "@/lib/letters/rules";

type Times = {
  /** Only of a letter that has not opened; not said, it stays. */
  opensAt?: Date;
  /** Null: open until somebody closes it. */
  closesAt: Date | null;
};

/**
 * Sets when a letter closes, which opens a closed one again, and when one that has not opened yet does.
 * @throws DomainError `invalid` for closing in the past or before opening, `conflict` for opening what is open already or
 * was never published, `not-found`, `forbidden`
 */
export async function setTimes(
  context: Context,
  slug: string,
  { opensAt, closesAt }: Times,
): Promise<{ reopened: boolean }> {
  let reopened = false;
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { now } = context;
    const status = letterStatus(letter, now);
    if (!letter.opensAt || (opensAt && status !== "draft")) throw new DomainError("conflict");
    const opens = opensAt ?? letter.opensAt;
    if (closesAt && (closesAt <= now || closesAt <= opens)) throw new DomainError("invalid");
    await tx.letter.update({
      where: { id: letter.id },
      // What is deleted after its closing begins anew with that.
      data: { opensAt: opens, closesAt, plannedClose: null, recordPlace: null, recordSince: null },
      select: { id: true },
    });
    reopened = status === "closed";
    const action = reopened ? "letter.reopen" : "letter.times";
    await publish(action, { opensAt: opens.toISOString(), closesAt: closesAt?.toISOString() ?? null });
  });
  return { reopened };
}
