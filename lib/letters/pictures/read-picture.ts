import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { lettersOf } from "@/lib/auth/letters-of";
import { db } from "@/lib/db/client";
import { pictureBytes } from "@/lib/letters/pictures/queries";
import { draftBehind } from "@/lib/letters/previews/queries";

/** A picture of any letter, for its organisers. @throws DomainError `forbidden` */
export async function readDraftPicture(admin: Admin, slug: string, name: string) {
  assertMaySomewhere(admin, "letter.read");
  const letter = await db.letter.findUnique({ where: { slug, ...lettersOf(admin) }, select: { id: true } });
  return letter && pictureBytes(db, letter.id, name);
}

/** A picture of a draft, for anyone who holds a link to it that still works. */
export async function readPreviewPicture(token: string, name: string, now: Date) {
  const link = await draftBehind(db, token, now);
  return link?.is === "open" ? pictureBytes(db, link.letterId, name) : null;
}
