import { headsFile, notedHeads, noteRestore } from "@/lib/audit/head-notes";
import { headText, readHead } from "@/lib/audit/head-text";
import { type ChainHead, chainHead } from "@/lib/audit/queries";
import { type Broken, verifyChain } from "@/lib/audit/verify-chain";
import { db } from "@/lib/db/client";

const USAGE = `The audit log's chain:
  npm run audit -- head                   shows its newest link (the head), to keep outside the database
  npm run audit -- verify                 checks all links, and that every head in STATE_DIR is there
  npm run audit -- verify --from N:HASH   checks for one more head
  npm run audit -- restored               notes that you restored an older backup without “npm run restore”`;

const PROBLEMS: Record<Broken["problem"], string> = {
  "link-gone": "is missing",
  "entry-gone": "has lost its entry",
  "hash-differs": "does not match: someone changed it, its entry or the link before it",
  "not-ours": "has an entry that this deployment did not write, or that someone changed",
  "noted-head-gone": "was noted and is missing: someone shortened the log, or restored an older backup",
  "noted-head-differs": "differs from the one that was noted",
};

const LATE =
  "This happens after the worker was down. If it was not, someone may have removed links and entries: verify with an earlier head.";
const unchecked = () =>
  `UNCHECKED: ${headsFile()} has no noted head, so we can’t tell whether someone emptied or shortened the log. ` +
  "Give a head with --from N:HASH. Owners see it on the overview page, and the worker logs it every hour.";

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
    return say("Noted. We no longer ask for older heads.");
  }
  say(USAGE);
  process.exitCode = 1;
}

async function verify(from: ChainHead | null): Promise<void> {
  const noted = await notedHeads();
  const heads = from ? [...noted, from] : noted;
  const { links, head, waiting, oldestWaiting, lateLinks, broken } = await verifyChain(heads);
  if (broken) {
    const where = broken.number === null ? "An entry that is not linked yet" : `Link ${broken.number}`;
    const says =
      broken.number === null
        ? "was not written by this deployment, or someone changed it"
        : PROBLEMS[broken.problem];
    say(`BROKEN: ${where} ${says}.`);
    process.exitCode = 1;
    return;
  }
  say(`${links} links hold. ${headLine(head)}`);
  const age = oldestWaiting ? Math.round((Date.now() - oldestWaiting.getTime()) / 1_000) : 0;
  if (waiting > 0)
    say(`${waiting} entries are not linked yet, the oldest for ${age} s. The worker links them.`);
  if (lateLinks.length > 0)
    say(`Entries were linked late: ${lateLinks.map((at) => at.toISOString()).join(", ")}. ${LATE}`);
  const newest = noted.at(-1);
  if (newest)
    say(`All ${noted.length} noted heads are there. The newest is from ${newest.at.toISOString()}.`);
  if (heads.length > 0) return;
  say(unchecked());
  process.exitCode = 2;
}

function headLine(head: ChainHead | null): string {
  return head ? `Head: ${headText(head)}` : "There are no links yet.";
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
