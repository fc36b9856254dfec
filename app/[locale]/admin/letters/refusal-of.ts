import type { FormOutcome } from "@/app/_forms/form-actions";
import { DomainError } from "@/lib/errors";
import { AnswerDateError, IncompleteError, SiteIncompleteError } from "@/lib/letters/publish-version";

/** What the form of a letter says to a refusal of its verb; anything else is thrown on. */
export function refusalOf(error: unknown): FormOutcome {
  if (error instanceof IncompleteError) return { errors: { "": ["incomplete"] } };
  if (error instanceof SiteIncompleteError) return { errors: { "": ["siteIncomplete"] } };
  if (error instanceof AnswerDateError) return { errors: { answerBy: ["range"] } };
  if (!(error instanceof DomainError)) throw error;
  if (error.code === "taken") return { errors: { slug: ["taken"] } };
  if (error.code === "invalid") return { errors: { closesAt: ["past"] } };
  if (error.code === "changed") return { errors: { "": ["siteChanged"] }, status: 409 };
  if (error.code === "unchanged") return { errors: { "": ["unchanged"] } };
  throw error;
}
