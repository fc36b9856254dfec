import { v7 as uuid } from "uuid";
import type { Context } from "@/lib/auth/context";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { assertMayCreate, noteLetter } from "@/lib/letters/change-letter";
import type { NewDraft } from "@/lib/letters/schemas";
import { proposeSlug, withNumber } from "@/lib/letters/slugs";

/**
 * Begins a letter. Nobody but administrators sees it until it is published.
 * @param draft without a slug, one is made of the title
 * @returns the letter's slug
 * @throws DomainError `taken` where another letter has or had the slug, `forbidden`
 */
export async function createDraft(context: Context, draft: NewDraft): Promise<string> {
  return db.$transaction(async (tx) => {
    await assertMayCreate(tx, context);
    // One at a time: two letters of one title must not propose the same slug.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('undersigned.slugs'))`;
    const slug = await freeSlug(tx, draft);
    const [id, { now }] = [uuid(), context];
    const { organiserName, organiserUrl, locale, title } = draft;
    const adminId = context.actor.kind === "administrator" ? context.actor.id : null;
    const text = { locale, title, standfirst: "", recipients: "", body: "", savedAt: now, adminId };
    await tx.letter.create({
      data: {
        ...{ id, slug, organiserName, organiserUrl, locale, createdAt: now, updatedAt: now },
        drafts: { create: text },
      },
      select: { id: true },
    });
    await noteLetter(tx, context, id, "letter.create", { slug });
    return slug;
  });
}

async function freeSlug(tx: Tx, { slug, title }: NewDraft): Promise<string> {
  const wanted = slug ?? proposeSlug(title);
  const taken = await slugsLike(tx, wanted);
  if (slug && taken.has(slug)) throw new DomainError("taken");
  return withNumber(wanted, taken);
}

/** Slugs that letters have or had, of all that begin alike. */
async function slugsLike(tx: Tx, slug: string): Promise<Set<string>> {
  const where = { slug: { startsWith: slug.slice(0, 60) } };
  const letters = await tx.letter.findMany({ where, select: { slug: true } });
  const old = await tx.oldSlug.findMany({ where, select: { slug: true } });
  return new Set([...letters, ...old].map((one) => one.slug));
}
