import type { Reach } from "@/lib/auth/permissions";
import { Prisma } from "@/prisma/generated/client";

/** The letters that somebody's role is for, as a condition on letters. */
export const lettersOf = ({ letters }: Reach): { AND?: Prisma.LetterWhereInput } =>
  letters ? { AND: { id: { in: [...letters] } } } : {};

/** The same as a condition on what belongs to a letter. */
export const ofTheirLetters = ({ letters }: Reach): { letterId?: { in: string[] } } =>
  letters ? { letterId: { in: [...letters] } } : {};

/** The same in SQL. @param column such as `g.letter_id` */
export const inTheirLetters = ({ letters }: Reach, column: Prisma.Sql): Prisma.Sql =>
  letters ? Prisma.sql`${column} = ANY(${[...letters]}::uuid[])` : Prisma.sql`true`;
