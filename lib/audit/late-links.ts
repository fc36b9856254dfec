/** The verb of an audit entry that says how many entries were linked late. */
export const LATE_LINKS = "audit.late-links";
