import { writeAudit } from "@/lib/audit/write-audit";
import { assertPermitted } from "@/lib/auth/assert-may";
import type { Context } from "@/lib/auth/context";
import type { AdminAction } from "@/lib/auth/permissions";
import { announceChange, FEATURED_TAG, LETTERS_TAG, letterTag } from "@/lib/cache/changes";
import { db, type Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import type { Prisma } from "@/prisma/generated/client";

/** A letter as a verb finds it, locked until its transaction ends. */
export type LockedLetter = {
  id: string;
  slug: string;
  locale: string;
  opensAt: Date | null;
  closesAt: Date | null;
  unpublishedAt: Date | null;
  archivedAt: Date | null;
  closingNote: string | null;
};

type Asking = {
  /** What the administrator needs to be allowed to do. */
  may?: AdminAction;
  evenArchived?: boolean;
};

type Changing = {
  tx: Tx;
  letter: LockedLetter;
  /** Writes down what was done. */
  note: (action: string, details?: Prisma.InputJsonObject) => Promise<void>;
  /** The same for what readers see: the page changes everywhere at once. */
  publish: (action: string, details?: Prisma.InputJsonObject) => Promise<void>;
};

/**
 * Changes one letter in one transaction, by the operator or an administrator who may: locks, checks, records
 * and announces it.
 * @throws DomainError `not-found`, `forbidden`, `archived` for what is archived, and what the change throws
 */
export async function changeLetter<T>(
  context: Context,
  slug: string,
  change: (changing: Changing) => Promise<T>,
  { may = "letter.edit", evenArchived = false }: Asking = {},
): Promise<T> {
  return db.$transaction(async (tx) => {
    const letter = await lockLetter(tx, slug);
    await assertMayEdit(tx, context, letter?.id ?? null, may);
    if (!letter) throw new DomainError("not-found");
    if (letter.archivedAt && !evenArchived) throw new DomainError("archived");
    const note: Changing["note"] = (action, details) => noteLetter(tx, context, letter.id, action, details);
    const publish: Changing["publish"] = async (action, details) => {
      await note(action, details);
      await tx.letter.update({
        where: { id: letter.id },
        data: { updatedAt: context.now },
        select: { id: true },
      });
      await announceLetter(tx, letter.slug);
    };
    return change({ tx, letter, note, publish });
  });
}

/** What the operator does from the command line nobody has to permit. @throws DomainError `forbidden` */
export async function assertMayEdit(
  tx: Tx,
  { actor }: Context,
  letterId: string | null,
  may: AdminAction = "letter.edit",
): Promise<void> {
  if (actor.kind !== "system") await assertPermitted(tx, actor, may, letterId);
}

/** The same of beginning one. @throws DomainError `forbidden` */
export async function assertMayCreate(tx: Tx, { actor }: Context): Promise<void> {
  if (actor.kind !== "system") await assertPermitted(tx, actor, "letter.create", null);
}

/** Writes down what was done to a letter, with who did it. */
export async function noteLetter(
  tx: Tx,
  { actor, now }: Context,
  letterId: string,
  action: string,
  details: Prisma.InputJsonObject = {},
): Promise<void> {
  const who =
    actor.kind === "administrator"
      ? ({ actor: "ADMIN", adminId: actor.id } as const)
      : ({ actor: "SYSTEM" } as const);
  await writeAudit(tx, { at: now, ...who, action, letterId, details });
}

/** Tells every process that a letter's pages, the index and the choice of the front page have changed. */
export async function announceLetter(tx: Tx, slug: string): Promise<void> {
  for (const tag of [letterTag(slug), FEATURED_TAG, LETTERS_TAG]) await announceChange(tx, tag);
}

async function lockLetter(tx: Tx, slug: string): Promise<LockedLetter | undefined> {
  const [letter] = await tx.$queryRaw<LockedLetter[]>`
    SELECT id::text, slug, locale, opens_at AS "opensAt", closes_at AS "closesAt", unpublished_at AS "unpublishedAt",
      archived_at AS "archivedAt",
      closing_note AS "closingNote"
    FROM letter WHERE slug = ${slug} FOR NO KEY UPDATE`;
  return letter;
}
