import type { MailContent } from "@/lib/mail/contents";

/** A mail that can be rendered and sent: to whom, in which language, saying what. */
export type ReadyMail = { to: string; locale: string; content: MailContent };
