import { v7 as uuid } from "uuid";
import type { Context } from "@/lib/auth/context";
import { createToken } from "@/lib/encryption/tokens";
import { DomainError } from "@/lib/errors";
import { changeLetter } from "@/lib/letters/change-letter";
import { workingLinks } from "@/lib/letters/previews/queries";
import { MOST_PREVIEWS, type PreviewDays, previewEnds } from "@/lib/letters/previews/rules";

/**
 * Makes a link by which somebody without an account reads the draft as it stands whenever it is opened.
 * @returns the token, which is stored only as a hash: nobody is shown it again
 * @throws DomainError `full` where too many links work already, `not-found`, `forbidden`
 */
export function makePreviewLink(context: Context, slug: string, days: PreviewDays): Promise<string> {
  return changeLetter(context, slug, async ({ tx, letter, note }) => {
    const { actor, now } = context;
    if ((await workingLinks(tx, letter.slug, now)).length >= MOST_PREVIEWS) throw new DomainError("full");
    const [{ token, hash }, id, expiresAt] = [createToken(), uuid(), previewEnds(days, now)];
    const adminId = actor.kind === "administrator" ? actor.id : null;
    const row = { id, letterId: letter.id, tokenHash: hash, createdAt: now, expiresAt, adminId };
    await tx.previewLink.create({ data: row, select: { id: true } });
    await note("letter.preview", { link: id, days });
    return token;
  });
}
