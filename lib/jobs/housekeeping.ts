import { z } from "zod";
import { publishDueCounts } from "@/lib/counts/publish-withheld";
import { addUpStandings } from "@/lib/counts/standing-counts";
import { addUpStatistics } from "@/lib/counts/statistics/count-events";
import { type Chore, doChores } from "@/lib/jobs/chores";
import { defineJob, HEARTBEAT_SECONDS } from "@/lib/jobs/define-job";
import { giveUpOldMails } from "@/lib/mail/sending/give-up";
import { recheckUnkept } from "@/lib/moderation/flags/recheck-flags";
import { encryptOldNames } from "@/lib/moderation/watchlist/encrypt-old-names";
import { mailWaitingObjectors } from "@/lib/objections/mail-objector";
import { SWEEPING } from "@/lib/retention/sweep";
import { workOnAllHidden } from "@/lib/signatories/hiding/work-on-hidden";
import { moveEarlier } from "@/lib/signatures/confirm-again/move-earlier";
import { remindSignatories, tellSignatories } from "@/lib/signatures/confirm-again/tell-signatories";
import { encryptOldOrigins } from "@/lib/signatures/encrypt-old-origins";
import { noteErasures } from "@/lib/signatures/erasure/note-erasures";
import { expireSignatures } from "@/lib/signatures/expire-signatures";
import { showDueLines } from "@/lib/signatures/own/withdrawal-note";

/** What time alone brings about. */
const HOUSEKEEPING: Chore[] = [
  { name: "withheld counts that are due", batch: publishDueCounts },
  { name: "signatures that expire", batch: (now) => expireSignatures({ now }) },
  { name: "signatories who are told of a new text", batch: tellSignatories },
  { name: "signatories who are reminded to confirm again", batch: remindSignatories },
  { name: "signatures of earlier versions", batch: moveEarlier },
  { name: "objectors who are asked later", batch: mailWaitingObjectors },
  { name: "names that are hidden", batch: workOnAllHidden },
  { name: "lines about who withdrew", batch: showDueLines },
  { name: "erased people who are noted", batch: noteErasures },
  { name: "mails that are given up", batch: giveUpOldMails },
  ...SWEEPING,
  { name: "watched names that are encrypted", batch: encryptOldNames },
  { name: "countries and languages that are encrypted", batch: encryptOldOrigins },
  { name: "counts of standings that are added up", batch: addUpStandings },
  { name: "statistics that are added up", batch: addUpStatistics },
  { name: "waiting names that lookalikes are found by", batch: recheckUnkept },
];

/** Expires what was not confirmed in time, gives up old mails, deletes what has served its time. */
export const keepHouse = (now: Date) => doChores(HOUSEKEEPING, now);

/** What time alone brings about, every five minutes. */
export const housekeepingJob = defineJob({
  name: "housekeeping",
  schema: z.unknown(),
  // The next time comes soon enough.
  options: {
    policy: "exclusive",
    retryLimit: 0,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: 300,
    retentionSeconds: 3_600,
    deleteAfterSeconds: 3_600,
  },
  pollSeconds: 30,
  schedule: () => "*/5 * * * *",
  run: (_, now) => keepHouse(now),
});
