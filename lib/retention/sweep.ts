import { forgetOldCounts } from "@/lib/abuse/limits/store";
import { forgetOldLinks, forgetOldSessions } from "@/lib/auth/sign-in-links";
import { type Chore, doChores } from "@/lib/jobs/chores";
import { forgetOldMails } from "@/lib/mail/forget-old-mails";
import { forgetOldSuppressions } from "@/lib/mail/forget-old-suppressions";
import { forgetOldStopLinks } from "@/lib/mail/stop-links";
import { forgetOldEvents } from "@/lib/mail/take-in-event";
import { forgetDrafts, forgetNetworksOfActions } from "@/lib/moderation/bulk/forget";
import { endOldExports, forgetOldPieces } from "@/lib/moderation/export/end-exports";
import { forgetObjections } from "@/lib/objections/forget-objections";
import { eraseRejected } from "@/lib/retention/erase-rejected";
import { forgetNetworks } from "@/lib/retention/forget-networks";
import { leaveRecords } from "@/lib/retention/leave-record";
import { forgetOldConfirmationLinks } from "@/lib/signatures/confirmation-link";
import { forgetOldAddressMails, forgetOldRaises } from "@/lib/signatures/mail-allowance";
import { forgetOldMoves, forgetOldProposals } from "@/lib/signatures/own/forget-changes";
import { forgetUntoldLines } from "@/lib/signatures/own/withdrawal-note";

/** How many rows one statement takes: it stays far below its time limit. */
export const MOST = 500;

/** What deletes what has served its time. */
export const SWEEPING: Chore[] = [
  { name: "mail allowances", batch: (now) => forgetOldAddressMails(now, MOST) },
  { name: "raised mail limits", batch: (now) => forgetOldRaises(now, MOST) },
  { name: "counts", batch: (now) => forgetOldCounts(now, MOST) },
  { name: "rejected signatures", batch: eraseRejected },
  { name: "all but the record of closed letters", batch: leaveRecords },
  { name: "objections", batch: (now) => forgetObjections(now, MOST) },
  { name: "networks of signatures", batch: (now) => forgetNetworks(now, MOST) },
  { name: "networks of bulk acts", batch: forgetNetworksOfActions },
  { name: "sign-in links", batch: (now) => forgetOldLinks(now, MOST) },
  { name: "sessions", batch: (now) => forgetOldSessions(now, MOST) },
  { name: "mails", batch: (now) => forgetOldMails(now, MOST) },
  { name: "provider events", batch: (now) => forgetOldEvents(now, MOST) },
  { name: "suppressions", batch: (now) => forgetOldSuppressions(now, MOST) },
  { name: "links to stop emails", batch: (now) => forgetOldStopLinks(now, MOST) },
  { name: "confirmation links", batch: (now) => forgetOldConfirmationLinks(now, MOST) },
  { name: "moves to other addresses", batch: (now) => forgetOldMoves(now, MOST) },
  { name: "changes that were not accepted", batch: (now) => forgetOldProposals(now, MOST) },
  { name: "lines about who withdrew whom nobody could tell", batch: () => forgetUntoldLines(MOST) },
  { name: "drafts of bulk acts", batch: forgetDrafts },
  { name: "exported files that are over", batch: endOldExports },
  { name: "pieces of exported files", batch: forgetOldPieces },
];

/** Deletes all that has served its time. */
export const sweep = (now: Date) => doChores(SWEEPING, now);
