import { v7 as uuid } from "uuid";
import { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import { db, type Tx } from "@/lib/db/client";
import { announceLetter } from "@/lib/letters/change-letter";
import { markdownProblem } from "@/lib/letters/markdown/parse";
import { isSlug } from "@/lib/letters/rules";

const isRenderable = (markdown: string) => markdownProblem(markdown) === null;

const text = z.strictObject({
  locale: z.string().min(2),
  title: z.string().min(1).max(200),
  standfirst: z.string().min(1).max(1_000),
  recipients: z.string().min(1).max(500),
  body: z
    .string()
    .min(1)
    .refine(isRenderable, { error: ({ input }) => markdownProblem(String(input)) ?? undefined }),
});

/** A letter with its first wording. Times decide whether it is a draft, open or closed. */
export const newLetter = z.strictObject({
  slug: z.string().refine(isSlug),
  organiserName: z.string().min(1).max(200),
  organiserUrl: z.url({ protocol: /^https?$/ }).nullable(),
  locale: z.string().min(2),
  featured: z.boolean(),
  opensAt: z.date().nullable(),
  closesAt: z.date().nullable(),
  texts: z.array(text).min(1),
  links: z.array(z.strictObject({ label: z.string().min(1).max(200), url: z.url({ protocol: /^https?$/ }) })),
});

export type NewLetter = z.input<typeof newLetter>;

/**
 * Publishes a whole letter at once, by the operator's program. Organisers write and publish theirs with the verbs beside.
 * @returns the letter's id
 * @throws ZodError for a malformed letter; a unique violation where the slug is taken
 */
export async function publishLetter(input: NewLetter, now: Date): Promise<string> {
  const letter = newLetter.parse(input);
  const id = uuid();
  await db.$transaction(async (tx) => {
    await insert(tx, id, letter, now);
    await writeAudit(tx, {
      at: now,
      actor: "SYSTEM",
      action: "letter.publish",
      letterId: id,
      details: { slug: letter.slug },
    });
    await announceLetter(tx, letter.slug);
  });
  return id;
}

async function insert(tx: Tx, id: string, letter: z.output<typeof newLetter>, now: Date): Promise<void> {
  const { texts, links, ...columns } = letter;
  await tx.letter.create({
    data: {
      id,
      ...columns,
      createdAt: now,
      updatedAt: now,
      versions: { create: { id: uuid(), number: 1, createdAt: now, texts: { create: texts } } },
      links: { create: links.map((link, position) => ({ id: uuid(), position, ...link })) },
    },
    select: { id: true },
  });
}
