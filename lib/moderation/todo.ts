import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { canDo, canSomewhere } from "@/lib/auth/permissions";
import { codesLeft } from "@/lib/auth/recovery/make-recovery-codes";
import { db } from "@/lib/db/client";
import { UNCREATED } from "@/lib/mail/rules";
import { countRetired } from "@/lib/moderation/blocklist/queries";
import { countWaitingChanges } from "@/lib/moderation/waiting-changes";
import { waitingObjections } from "@/lib/objections/queries";
import { decisionTime } from "@/lib/objections/rules";
import { recordsAsked } from "@/lib/retention/queries";
import { siteNow } from "@/lib/site/queries";

/** What wants to be done besides deciding on signatures. */
export type Todo = {
  now: Date;
  /** Whether they decide on signatures, and whether they edit letters. */
  decides: boolean;
  edits: boolean;
  /**
   * Emails that could not be delivered or created and that nobody has seen to; `mostEmails` stands for that
   * many or more.
   */
  emails: number;
  mostEmails: number;
  /** How many recovery codes are left, where they are few; null where there are enough or none is needed. */
  codes: number | null;
  /** Rules of the blocklist that no longer work. */
  retired: number;
  /** How many changes of signatories wait for a moderator. */
  changes: number;
  /** Whether an owner should keep a copy of the encryption key. */
  key: boolean;
  /** Objections to entries that wait for a decision, since when the oldest, and whether it is overdue. */
  objections: { count: number; oldest: Date | null; late: boolean };
  /** Closed letters whose personal data is to be deleted once an owner confirms it. */
  records: number;
};

const MOST_EMAILS = 100;
/** With so many recovery codes or fewer it is time for new ones. */
const FEW_CODES = 3;

/** @param passkeys how many the administrator has: recovery codes stand in for those */
export async function todoOf(admin: Admin, passkeys: number, now: Date): Promise<Todo> {
  assertMay(admin, "session.own");
  const failed = canDo(admin, "mail.read")
    ? await db.mail.findMany({
        where: {
          OR: [
            { state: "FAILED", resentAt: null },
            { state: "WAITING", error: { in: [...UNCREATED] } },
          ],
        },
        orderBy: { doneAt: "desc" },
        take: MOST_EMAILS,
        select: { id: true },
      })
    : [];
  const decides = canSomewhere(admin, "signature.moderate");
  const objections = decides ? await waitingObjections(admin) : { count: 0, oldest: null };
  const codes = passkeys > 0 ? await codesLeft(admin) : null;
  return {
    now,
    decides,
    edits: canSomewhere(admin, "letter.edit"),
    emails: failed.length,
    mostEmails: MOST_EMAILS,
    codes: codes !== null && codes <= FEW_CODES ? codes : null,
    retired: canDo(admin, "blocklist.read") ? await countRetired(admin) : 0,
    changes: decides ? await countWaitingChanges(admin) : 0,
    key: canDo(admin, "site.edit") && !(await siteNow(db)).keyKept,
    objections: { ...objections, late: objections.oldest !== null && decisionTime(objections.oldest) < now },
    records: await recordsAsked(admin, now),
  };
}
