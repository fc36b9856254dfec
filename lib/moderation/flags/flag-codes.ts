/** The codes of what a moderator should notice about a signature, in the order in which they are said. */
export const FLAGS = [
  "bounced",
  "disposable",
  "rejectedBefore",
  "sharedMailbox",
  "burst",
  "watched",
  "lookalikeName",
  "lookalikeDomain",
  "mixedScripts",
  "freeMail",
  "domainDiffers",
] as const;

export type Flag = (typeof FLAGS)[number];
