import type { Tx } from "@/lib/db/client";

/** The channel on which every process hears of changes. */
export const CHANGES_CHANNEL = "undersigned_changes";

/** The tag of everything that a letter's public pages show. */
export const letterTag = (slug: string) => `letter:${slug}`;

/** The tag of a letter's picture for where it is shared, which follows a change of the letter. */
export const shareTag = (slug: string) => `share:${slug}`;

/** The tag of a letter's copies for the press. */
export const pressTag = (slug: string) => `press:${slug}`;

/** The tag of the choice of the featured letter. */
export const FEATURED_TAG = "featured";

/** The tag of the index of letters. */
export const LETTERS_TAG = "letters";

/** The tag of the site's settings, which every page shows. */
export const SITE_TAG = "site";

export const BLOCKS_TAG = "blocks";

/**
 * Announces a change to every web process, at the moment the transaction commits.
 * @param tag what must be read afresh
 */
export async function announceChange(tx: Tx, tag: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${CHANGES_CHANNEL}, ${tag})`;
}
