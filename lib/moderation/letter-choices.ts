import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { TITLES, titleOf } from "@/lib/letters/titles";
import type { Prisma } from "@/prisma/generated/client";

export type LetterChoice = { id: string; title: string };

/** The columns that `toChoice` reads. */
export const LETTER = { id: true, ...TITLES } as const;

type Letter = Prisma.LetterGetPayload<{ select: typeof LETTER }>;

export function toChoice(letter: Letter, locale: string): LetterChoice {
  return { id: letter.id, title: titleOf(letter, locale).title };
}

/** All letters, newest first, by their titles in a language. @throws DomainError `forbidden` */
export async function letterChoices(admin: Admin, locale: string): Promise<LetterChoice[]> {
  assertMay(admin, "signature.read");
  const letters = await db.letter.findMany({ orderBy: { id: "desc" }, select: LETTER });
  return letters.map((letter) => toChoice(letter, locale));
}
