/**
 * Names the text that signatories consent to (`signing.consent` and the label of the box, in every language).
 * Each signature records it. Whoever changes the text gives it a new version: a test holds the two together.
 */
export const CONSENT_VERSION = "2026-11-27";
