import { createHash } from "node:crypto";

/**
 * Names the text that signatories consent to (`signing.consent` and the labels of the box, in every language).
 * Each signature records it. Anyone who changes the text gives it a new version: a test holds the two together.
 */
export const CONSENT_VERSION = "2026-11-28.4";

/**
 * Names what was agreed to: that text and, where the organiser has one, the line of their own. The audit log keeps such
 * lines under these names.
 */
export const consentVersion = (line?: string | null) =>
  line
    ? `${CONSENT_VERSION}+${createHash("sha256").update(line).digest("hex").slice(0, 16)}`
    : CONSENT_VERSION;
