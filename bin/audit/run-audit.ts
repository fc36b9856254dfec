import { headsFile, notedHeads, noteRestore } from "@/lib/audit/head-notes";
import { headText, readHead } from "@/lib/audit/head-text";
import { type ChainHead, chainHead } from "@/lib/audit/queries";
import { type Broken, verifyChain } from "@/lib/audit/verify-chain";

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

type Answer = { lines: string[]; code: 0 | 1 | 2 };

const says = (...lines: string[]): Answer => ({ lines, code: 0 });

/** What the command says, and its exit code: 1 where something does not hold, 2 where nothing tells. */
export async function runAudit([command, option, noted]: string[]): Promise<Answer> {
  const from = option === "--from" ? readHead(noted ?? "") : null;
  if (command === "head" && !option) return says(headLine(await chainHead()));
  if (command === "verify" && (!option || from)) return verify(from);
  if (command === "restored" && !option) {
    await noteRestore(new Date());
    return says("Noted. We no longer ask for older heads.");
  }
  return { lines: [USAGE], code: 1 };
}

async function verify(from: ChainHead | null): Promise<Answer> {
  const noted = await notedHeads();
  const heads = from ? [...noted, from] : noted;
  const { links, head, waiting, oldestWaiting, lateLinks, broken } = await verifyChain(heads);
  if (broken) {
    const where = broken.number === null ? "An entry that is not linked yet" : `Link ${broken.number}`;
    const problem =
      broken.number === null
        ? "was not written by this deployment, or someone changed it"
        : PROBLEMS[broken.problem];
    return { lines: [`BROKEN: ${where} ${problem}.`], code: 1 };
  }
  const lines = [`${links} links hold. ${headLine(head)}`];
  const age = oldestWaiting ? Math.round((Date.now() - oldestWaiting.getTime()) / 1_000) : 0;
  if (waiting > 0)
    lines.push(`${waiting} entries are not linked yet, the oldest for ${age} s. The worker links them.`);
  if (lateLinks.length > 0)
    lines.push(`Entries were linked late: ${lateLinks.map((at) => at.toISOString()).join(", ")}. ${LATE}`);
  const newest = noted.at(-1);
  if (newest)
    lines.push(`All ${noted.length} noted heads are there. The newest is from ${newest.at.toISOString()}.`);
  return heads.length > 0 ? { lines, code: 0 } : { lines: [...lines, unchecked()], code: 2 };
}

function headLine(head: ChainHead | null): string {
  return head ? `Head: ${headText(head)}` : "There are no links yet.";
}
