import { v7 as uuid } from "uuid";
import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import type { NewEntry } from "@/lib/letters/schemas";

/** Tells readers of something that happened to a letter. @throws DomainError `not-found`, `forbidden` */
export async function addTimelineEntry(context: Context, slug: string, entry: NewEntry): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    await tx.timelineEntry.create({
      data: { id: uuid(), letterId: letter.id, ...entry },
      select: { id: true },
    });
    await publish("letter.timeline-add");
  });
}

/** Takes such an entry away. @throws DomainError `not-found`, also where it is another letter's, `forbidden` */
export async function removeTimelineEntry(context: Context, slug: string, id: string): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    const { count } = await tx.timelineEntry.deleteMany({ where: { id, letterId: letter.id } });
    if (count === 0) throw new DomainError("not-found");
    await publish("letter.timeline-remove");
  });
}
