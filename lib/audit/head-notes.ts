import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { headText, readHead, sameHead } from "@/lib/audit/head-text";
import type { ChainHead } from "@/lib/audit/queries";
import { env } from "@/lib/env";
import { errorCode } from "@/lib/errors";
import { log } from "@/lib/ops/log/log";

/** A head as it was noted outside the database, and when. */
type NotedHead = ChainHead & { at: Date };

/** Stands in place of a head where an older backup was restored: heads from before prove nothing of it. */
const RESTORED = "restored";

/** Where heads are noted: a line for each, `TIME NUMBER:HASH`. */
export const headsFile = () => join(env().stateDir, "audit-heads");

/** The heads that were noted since the last restore, the oldest first. */
export async function notedHeads(): Promise<NotedHead[]> {
  const lines = (await readNotes()).split("\n");
  const restored = lines.findLastIndex((line) => line.endsWith(` ${RESTORED}`));
  return lines.slice(restored + 1).flatMap((line) => {
    const [time = "", text = ""] = line.split(" ");
    const head = readHead(text);
    return head ? [{ ...head, at: new Date(time) }] : [];
  });
}

/** Notes a head in the log, and in the file where the last one there is another. */
export async function noteHead(head: ChainHead, now: Date): Promise<void> {
  log.always("audit head", { head: headText(head) });
  const last = (await notedHeads()).at(-1);
  if (!last || !sameHead(last, head)) await append(headText(head), now);
}

/** Notes that the database is an older one now. */
export const noteRestore = (now: Date) => append(RESTORED, now);

async function readNotes(): Promise<string> {
  try {
    return await readFile(headsFile(), "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
}

async function append(text: string, now: Date): Promise<void> {
  const file = headsFile();
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, `${now.toISOString()} ${text}\n`, { mode: 0o600, flush: true });
}
