import type { Context } from "@/lib/auth/context";
import { changeLetter } from "@/lib/letters/change-letter";
import { settingsNow } from "@/lib/letters/settings/queries";
import { assertSeen } from "@/lib/letters/settings/seen";
import type { ListOrder } from "@/prisma/generated/enums";

type ListSettings = {
  namesShown: number;
  listOrder: ListOrder;
  listFiles: boolean;
  withdrawalsShown: boolean;
};

/**
 * Sets the order of a letter's list, how much of it its own page shows, whether readers can download it, and whether it says who
 * withdrew.
 * @throws DomainError `changed` (see `assertSeen`), `not-found`, `forbidden`
 */
export async function setList(
  context: Context,
  slug: string,
  list: ListSettings,
  seen: string | null = null,
): Promise<void> {
  await changeLetter(context, slug, async ({ tx, letter, publish }) => {
    assertSeen((await settingsNow(tx, letter.id)).list, list, seen);
    await tx.letter.update({ where: { id: letter.id }, data: list, select: { id: true } });
    await publish("letter.list", list);
  });
}
