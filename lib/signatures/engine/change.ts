import type { SignatureMessage } from "@/lib/mail/outbox";
import type { NewStanding } from "@/lib/signatures/engine/rules";
import type { Subject } from "@/lib/signatures/engine/subject";

export type Change = {
  /** As it stood when this was decided; the change applies to that and to nothing newer. */
  subject: Subject;
  /** The verb for the audit log. */
  action: string;
  after: NewStanding;
  /** Why, for a rejection. */
  reason?: string;
  /** What the signatory is told. */
  mail?: SignatureMessage;
  /** Facts for the audit log, without personal data. */
  details?: Record<string, string | number>;
  /** The place of its mailbox, which a confirmation takes. */
  claim?: string;
  /** Times to give back, for undoing. */
  times?: Pick<Subject, "decidedAt" | "publishedAt">;
  /** Whether the person behind it is erased for good; or all of it but what is public. */
  erase?: boolean | "all-but-public";
};

export type Refusal = "conflict" | "already-listed" | "already-signed";
