import { TITLES, titleOf } from "@/lib/letters/titles";
import type { Prisma } from "@/prisma/generated/client";

export type LetterChoice = { id: string; title: string };

/** A letter as a choice is shown: the columns that `toChoice` reads. */
export const LETTER = { id: true, ...TITLES } as const;

type Letter = Prisma.LetterGetPayload<{ select: typeof LETTER }>;

export function toChoice(letter: Letter, locale: string): LetterChoice {
  return { id: letter.id, title: titleOf(letter, locale).title };
}
