import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { type Database, db } from "@/lib/db/client";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** Somebody who has withdrawn and wants it to be read. */
export type Withdrawal = { name: string; day: Date };

type Row = Withdrawal & { kind: SignatoryKind; country: string };

const MOST = 500;

/** Those of a letter whose list says so, the latest first. */
export const readWithdrawals = async (database: Database, slug: string): Promise<Row[]> =>
  named(
    await database.withdrawalNote.findMany({
      where: { letter: { slug, withdrawalsShown: true }, name: { not: null } },
      orderBy: [{ day: "desc" }, { name: "asc" }],
      take: MOST,
      select: { name: true, day: true, kind: true, country: true },
    }),
  );

const named = <One extends { name: string | null }>(lines: One[]) =>
  lines.flatMap(({ name, ...line }) => (name === null ? [] : [{ ...line, name }]));

/** The same for those who edit the letter, also while its list does not show them. @throws DomainError `forbidden` */
export async function withdrawalLines(
  admin: Admin,
  letterId: string,
): Promise<(Withdrawal & { id: string })[]> {
  assertMay(admin, "letter.edit", letterId);
  const lines = await db.withdrawalNote.findMany({
    where: { letterId, name: { not: null } },
    orderBy: [{ day: "desc" }, { name: "asc" }],
    take: MOST,
    select: { id: true, name: true, day: true },
  });
  return named(lines);
}
