import { type Chore, doChores } from "@/lib/jobs/chores";
import { giveUpOldMails } from "@/lib/jobs/give-up-mails";
import { SWEEPING } from "@/lib/jobs/sweep";
import { lapseSignatures } from "@/lib/signatures/lapse-signatures";
import { publishDueCounts } from "@/lib/tally/publish-withheld";

/** What time alone brings about. */
const HOUSEKEEPING: Chore[] = [
  { name: "withheld counts that are due", batch: publishDueCounts },
  { name: "signatures that lapse", batch: (now) => lapseSignatures({ now }) },
  { name: "mails that are given up", batch: giveUpOldMails },
  ...SWEEPING,
];

/** Lapses what was not confirmed in time, gives up old mails, deletes what has served its time. */
export const keepHouse = (now: Date) => doChores(HOUSEKEEPING, now);
