import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import type { ListOrder } from "@/prisma/generated/enums";

type ListSettings = { namesShown: number; listOrder: ListOrder };

/** Sets the order of a letter's list, and how much of it its own page shows. @throws DomainError `not-found`, `forbidden` */
export async function setList(context: Context, slug: string, list: ListSettings): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    await tx.letter.update({ where: { id: letter.id }, data: list, select: { id: true } });
    await publish("letter.list", list);
  });
}
