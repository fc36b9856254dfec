import type { Excerpt } from "@/lib/letters/difference/excerpt";
import type { AdminRole } from "@/prisma/generated/enums";

export type MailedLetter = {
  title: string;
  organiserName: string;
  locale: string;
  /** The name of the signature that the mail is about, where its reader has several. */
  signatory?: string | null;
};

/** How a signature stands. `shown` is whether its name is, once it is approved; the link is its owner's. */
export type MailedSignature = {
  letter: MailedLetter;
  approved: boolean;
  shown: boolean;
  /** Whether its name is hidden for now, though its signatory shows it. */
  concealed?: boolean;
  /** Whether the letter is taken down: nobody sees it. */
  down?: boolean;
  link: string;
};

/** Mails about what became of one's own signature, each in two sentences. */
export type OwnMessage =
  | "signature-hidden"
  | "signature-withdrawn"
  | "manage-link"
  | "change-proposed"
  | "show-proposed"
  | "change-approved"
  | "change-refused"
  | "address-confirm"
  | "address-asked"
  | "address-moved";

/** All that a mail says, and nothing that a visitor typed. Links are whole addresses. */
export type MailContent =
  | {
      message: "confirm-signature";
      letters: MailedLetter[];
      link: string;
      linkDays: number;
      eraseDays: number;
    }
  | ({
      message: "signature-standing";
      state: "VERIFIED" | "APPROVED" | "REJECTED";
      reason: string | null;
    } & MailedSignature)
  | ({ message: "signature-rejected"; reason: string } & MailedSignature)
  | ({ message: "signature-approved" | "signature-corrected" | "signature-expert" } & MailedSignature)
  | ({ message: "signature-objected" } & MailedSignature)
  | {
      message: "confirm-objection";
      letter: MailedLetter;
      link: string;
      linkDays: number;
      decisionDays: number;
    }
  | {
      message: "objection-decided";
      letter: MailedLetter;
      link: string;
      outcome: "removed" | "kept" | "notShown";
    }
  | {
      message: "text-changed" | "text-confirm" | "text-reminder";
      letter: MailedLetter;
      link: string;
      /** Why the text was changed, in the organiser's words. */
      reason: string | null;
      difference: Excerpt;
      /** Until when it counts without being confirmed again; null where there is no such date. */
      answerBy: Date | null;
      /** Whether that date has passed. */
      late: boolean;
      zone: string;
    }
  | {
      message: OwnMessage;
      letter: MailedLetter;
      link: string;
      /** Of a change: whether its name is shown now, or waits, stays hidden, is hidden for now, or seen by nobody. */
      shown?: "public" | "waiting" | "withheld" | "concealed" | "down";
      /** Of a withdrawal: whether the list says so, and the link removes that. */
      noted?: boolean;
    }
  | { message: "links-ended"; letters: MailedLetter[]; link: string }
  | { message: "admin-sign-in"; link: string; linkMinutes: number }
  /** To a mailbox that wants them discreet, with until when an answer is wanted. */
  | { message: DiscreetMessage; link: string; answerBy: Date | null; zone: string }
  | { message: "test-email"; link: string }
  | {
      message: "admin-invitation";
      role: AdminRole;
      /** For how many letters it is; null for all. */
      reach: number | null;
      link: string;
      secondFactor: boolean;
    }
  | { message: "admin-notice"; queues: NoticedQueue[]; link: string };

/** What waits in a letter. */
type NoticedQueue = { title: string; signatures: number; reports: number; changes: number };

export type DiscreetMessage =
  | "discreet-confirm"
  | "discreet-news"
  | "discreet-answer"
  /** Something that its reader may have to stop soon. */
  | "discreet-check"
  /** Of what is gone there is no page to read. */
  | "discreet-withdrawn"
  | "discreet-moved";

/** What a mail of a kind says. */
export type Of<Message extends MailContent["message"]> = Extract<MailContent, { message: Message }>;
