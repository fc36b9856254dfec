import { db } from "@/lib/db/client";
import { within } from "@/lib/http/deadline";
import { knownSlugs } from "@/lib/letters/queries";
import { isSlug } from "@/lib/letters/rules";

/** How old the list of letters may be when somebody asks for one that is not in it, in milliseconds. */
const FRESH_MS = 1_000;
/** How long the database is waited for, in milliseconds. */
const PATIENCE_MS = 800;

/** As many entries as letters that are or were published, and names that they had before. */
let slugs: ReadonlySet<string> = new Set();
let readAt = Number.NEGATIVE_INFINITY;
let reading: Promise<boolean> | undefined;

/**
 * Whether something may be said at a letter's address. The database is asked once a second at most, for all callers together,
 * so that a crowd that asks for letters that do not exist costs next to nothing. True where nobody can tell.
 */
export async function mayBePublished(slug: string): Promise<boolean> {
  if (!isSlug(slug)) return false;
  if (slugs.has(slug)) return true;
  if (performance.now() - readAt < FRESH_MS) return false;
  reading ??= read().finally(() => {
    reading = undefined;
  });
  return !(await reading) || slugs.has(slug);
}

/** @returns whether it could be read */
async function read(): Promise<boolean> {
  const begun = performance.now();
  try {
    slugs = new Set(await within(PATIENCE_MS, knownSlugs(db, new Date())));
    readAt = begun;
    return true;
  } catch {
    return false;
  }
}
