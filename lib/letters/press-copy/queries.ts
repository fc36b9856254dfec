import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import type { PressProblem } from "@/prisma/generated/enums";

/** A copy for the press as an organiser sees it. */
export type PressState = {
  locale: string;
  /** Null while it is being made. */
  edition: number | null;
  cutOff: Date | null;
  problem: PressProblem | null;
  /** How many names it lacks. */
  leftOut: number;
};

/** Editions of a language that may name somebody who has since gone or was corrected: journalists may have them. */
export type GoneEditions = { locale: string; numbers: number[] };

/** Those of a letter. @throws DomainError `forbidden` */
export async function goneEditions(admin: Admin, letterId: string): Promise<GoneEditions[]> {
  assertMay(admin, "export.make", letterId);
  const rows = await db.pressEdition.findMany({
    where: { letterId, goneAt: { not: null } },
    orderBy: [{ locale: "asc" }, { number: "asc" }],
    select: { locale: true, number: true },
  });
  return [...Map.groupBy(rows, ({ locale }) => locale)].map(([locale, some]) => ({
    locale,
    numbers: some.map(({ number }) => number),
  }));
}

/** A letter's copies, one for each language of its text. @throws DomainError `forbidden` */
export async function pressStates(admin: Admin, letterId: string): Promise<PressState[]> {
  assertMay(admin, "export.make", letterId);
  const copies = await db.pressCopy.findMany({
    where: { letterId },
    orderBy: { locale: "asc" },
    select: { locale: true, edition: true, problem: true, leftOut: true },
  });
  const editions = await db.pressEdition.findMany({
    where: { letterId },
    select: { locale: true, number: true, cutOff: true },
  });
  return copies.map((copy) => ({
    ...copy,
    cutOff:
      editions.find(({ locale, number }) => locale === copy.locale && number === copy.edition)?.cutOff ??
      null,
  }));
}
