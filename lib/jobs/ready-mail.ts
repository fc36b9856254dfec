import type { MailContent } from "@/lib/mail/contents";

/** A mail that can be rendered and sent: to whom, in which language, saying what. */
export type ReadyMail = { to: string; locale: string; content: MailContent };

/** Why a mail is not sent: it has nothing to say any more, or its address gets no more mail. */
export type NoMail = "nothing" | "suppressed";
