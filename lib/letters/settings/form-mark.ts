import { createHash } from "node:crypto";

/** A short name for what a form asks for and says. */
export const formMark = (...shown: unknown[]) =>
  createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 12);
