import { headsFile, notedHeads, noteRestore } from "@/lib/audit/head-notes";
import { headText, readHead } from "@/lib/audit/head-text";
import { type ChainHead, chainHead } from "@/lib/audit/queries";
import { type Broken, verifyChain } from "@/lib/audit/verify-chain";
import { db } from "@/lib/db/client";

const USAGE = `The audit log's chain:
  npm run audit -- head                   says its head, to be noted outside the database
  npm run audit -- verify                 walks all of it, and demands every head that was noted in STATE_DIR
  npm run audit -- verify --from N:HASH   the same, and demands another one
  npm run audit -- restored               notes that an older backup was restored by other means than ours`;

const PROBLEMS: Record<Broken["problem"], string> = {
  "link-gone": "is gone",
  "entry-gone": "has lost its entry",
  "hash-differs": "does not fit: it, its entry or the link before it was changed",
  "not-ours": "holds an entry that this deployment did not write, or not so",
  "noted-head-gone": "was noted and is gone: the log was cut off before it, or an older backup was restored",
  "noted-head-differs": "is another one than was noted",
};

const LATE =
  "Where no worker was down before, links may have been taken away, and entries with them: verify with a head noted earlier.";
const unchecked = () =>
  `UNCHECKED: There is no noted head in ${headsFile()}, so a log that was emptied or cut off looks the same. ` +
  "Give one with --from N:HASH: owners see it on the overview page, and the worker's log tells it every hour.";

const [command, option, noted] = process.argv.slice(2);

try {
  await run();
} finally {
  await db.$disconnect();
}

async function run(): Promise<void> {
  const from = option === "--from" ? readHead(noted ?? "") : null;
  if (command === "head" && !option) return say(headLine(await chainHead()));
  if (command === "verify" && (!option || from)) return verify(from);
  if (command === "restored" && !option) {
    await noteRestore(new Date());
    return say("Noted. Heads from before are not demanded any more.");
  }
  say(USAGE);
  process.exitCode = 1;
}

async function verify(from: ChainHead | null): Promise<void> {
  const noted = await notedHeads();
  const heads = from ? [...noted, from] : noted;
  const { links, head, waiting, oldestWaiting, lateLinks, broken } = await verifyChain(heads);
  if (broken) {
    const where = broken.number === null ? "An entry that waits to be linked" : `Link ${broken.number}`;
    const says =
      broken.number === null ? "was not written by this deployment, or not so" : PROBLEMS[broken.problem];
    say(`BROKEN: ${where} ${says}.`);
    process.exitCode = 1;
    return;
  }
  say(`${links} links hold. ${headLine(head)}`);
  const age = oldestWaiting ? Math.round((Date.now() - oldestWaiting.getTime()) / 1_000) : 0;
  if (waiting > 0)
    say(`${waiting} entries wait to be linked, the oldest for ${age} s; the worker links them.`);
  if (lateLinks.length > 0)
    say(`Entries were linked late: ${lateLinks.map((at) => at.toISOString()).join(", ")}. ${LATE}`);
  const newest = noted.at(-1);
  if (newest) say(`All ${noted.length} noted heads are there, the newest of ${newest.at.toISOString()}.`);
  if (heads.length > 0) return;
  say(unchecked());
  process.exitCode = 2;
}

function headLine(head: ChainHead | null): string {
  return head ? `Head: ${headText(head)}` : "There is no link yet.";
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
