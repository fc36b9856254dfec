import type { MailContent } from "@/lib/mail/contents";

/**
 * A mail that can be rendered and sent: to whom, in which language, saying what. `stop` is the whole address of the page
 * that stops mails like it, for those that visitors can cause.
 */
export type ReadyMail = { to: string; locale: string; content: MailContent; stop?: string };

/** Why a mail is not sent: it has nothing to say any more, or its address gets no more mail. */
export type NoMail = "nothing" | "suppressed";
