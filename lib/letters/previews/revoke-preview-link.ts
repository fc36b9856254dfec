import type { Context } from "@/lib/auth/context";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";

/** Ends a link to a draft at once. @throws DomainError `not-found` where it is none of the letter's or over, `forbidden` */
export function revokePreviewLink(context: Context, slug: string, id: string): Promise<void> {
  return changeLetter(context, slug, async ({ tx, letter, note }) => {
    const { count } = await tx.previewLink.updateMany({
      where: { id, letterId: letter.id, revokedAt: null, expiresAt: { gt: context.now } },
      data: { revokedAt: context.now },
    });
    if (count === 0) throw new DomainError("not-found");
    await note("letter.preview-revoked", { link: id });
  });
}
