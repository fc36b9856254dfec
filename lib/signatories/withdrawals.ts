import type { Database } from "@/lib/db/client";
import type { SignatoryKind } from "@/prisma/generated/enums";

/** Somebody who has withdrawn and wants it to be read. */
export type Withdrawal = { name: string; day: Date };

type Row = Withdrawal & { kind: SignatoryKind; country: string };

const MOST = 500;

/** Those of a letter whose list says so, the latest first. */
export const readWithdrawals = (db: Database, slug: string): Promise<Row[]> =>
  db.withdrawalNote.findMany({
    where: { letter: { slug, withdrawalsShown: true } },
    orderBy: [{ day: "desc" }, { name: "asc" }],
    take: MOST,
    select: { name: true, day: true, kind: true, country: true },
  });
