import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { errorCode } from "@/lib/errors";
import { RewriteError, type RewriteProblem } from "@/lib/signatures/erasure/rewrite-problem";

/** What erasing, hiding and correcting empties, and the planner's samples of it. */
const TABLES = [
  "public.public_signatory",
  "public.signatory",
  "public.signature",
  "public.signature_key",
  "public.confirmation_link",
  "public.mailbox",
  "public.mail",
  "public.watchlist_name",
  "public.export_file",
  "public.export_piece",
  "public.press_copy",
  "public.withdrawal_note",
  "public.objection",
  "public.erasure",
  // Last: the samples of the others are renewed first.
  "pg_catalog.pg_statistic",
];

/** While we wait for a table, everybody who comes after waits too: not longer than this, then others go first. */
const LOCK_TIMEOUT_MS = 200;
const TRIES = 40;
const PAUSE_MS = 500;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Writes the tables afresh that people were erased from, and renews the planner's samples of them. A plain VACUUM leaves
 * bytes behind in each page; a fresh file holds nothing but what is there.
 * @throws RewriteError where a table was skipped, or still holds what others may yet look at
 */
export async function rewriteTables(client: pg.Client, tries = TRIES): Promise<void> {
  await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}; SET statement_timeout = 0`);
  for (const table of TABLES) await untilRewritten(client, table, tries);
}

async function untilRewritten(client: pg.Client, table: string, tries: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const problem = await rewrite(client, table);
    if (!problem) return;
    if (attempt === tries || problem === "notOwner") throw new RewriteError(problem, table);
    await pause(PAUSE_MS);
  }
}

/** @returns why it is not clean, or null. PostgreSQL only warns of a table that it skips: its file is what tells. */
async function rewrite(client: pg.Client, table: string): Promise<RewriteProblem | null> {
  let kept = 0;
  const listen = ({ detail }: { detail?: string }) => {
    // "N dead row versions cannot be removed yet", in whatever language the server speaks.
    kept += Number(/^\D*(\d+)/.exec(detail ?? "")?.[1] ?? 0);
  };
  const before = await fileOf(client, table);
  client.on("notice", listen);
  try {
    await client.query(`VACUUM (FULL, ANALYZE, VERBOSE) ${table}`);
  } catch (error) {
    if (errorCode(error) === LOCK_NOT_AVAILABLE) return "locked";
    throw error;
  } finally {
    client.off("notice", listen);
  }
  if ((await fileOf(client, table)) === before) return "notOwner";
  return kept > 0 ? "inUse" : null;
}

async function fileOf(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query("SELECT pg_relation_filenode($1::regclass)::text AS file", [table]);
  return rows[0].file;
}
