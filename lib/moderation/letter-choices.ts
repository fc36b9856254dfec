import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { chooseText } from "@/lib/letters/rules";
import type { Prisma } from "@/prisma/generated/client";

export type LetterChoice = { id: string; title: string };

/** The columns that `toChoice` reads. */
export const LETTER = {
  id: true,
  locale: true,
  versions: {
    orderBy: { number: "desc" },
    take: 1,
    select: { texts: { select: { locale: true, title: true } } },
  },
} as const;

type Letter = Prisma.LetterGetPayload<{ select: typeof LETTER }>;

export function toChoice({ id, locale: own, versions }: Letter, locale: string): LetterChoice {
  return { id, title: chooseText(versions[0]?.texts ?? [], locale, own).title };
}

/** All letters, newest first, by their titles in a language. @throws DomainError `forbidden` */
export async function letterChoices(admin: Admin, locale: string): Promise<LetterChoice[]> {
  assertMay(admin, "signature.read");
  const letters = await db.letter.findMany({ orderBy: { id: "desc" }, select: LETTER });
  return letters.map((letter) => toChoice(letter, locale));
}
