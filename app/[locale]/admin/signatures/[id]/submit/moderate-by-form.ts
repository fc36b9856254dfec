import type { NoticeCode } from "@/app/_components/admin/paths";
import type { Admin } from "@/lib/auth/admin";
import { allowMail } from "@/lib/deliveries/allow-mail";
import { DomainError } from "@/lib/errors";
import type { FieldErrors, FormValues } from "@/lib/http/request-context";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { correctSignature } from "@/lib/moderation/correct-signature";
import { markExpert } from "@/lib/moderation/mark-expert";
import type { Moderation } from "@/lib/moderation/moderate";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { releaseSignature } from "@/lib/moderation/release-signature";
import { parseCorrection, parseReason, parseSeen } from "@/lib/moderation/schemas";

type Asked = { admin: Admin; signatureId: string; now: Date };

/** What a form of the signature's page does. @returns what to say afterwards, or what to mend */
export type FormVerb = (moderation: Moderation, values: FormValues) => Promise<NoticeCode | FieldErrors>;

/**
 * Calls the verb that a form stands for, on the signature as its page showed it.
 * @throws DomainError as the verbs do, but for `conflict`, which is something to say
 */
export async function moderateByForm(
  { admin, signatureId, now }: Asked,
  values: FormValues,
  verb: FormVerb,
): Promise<NoticeCode | FieldErrors> {
  const seen = parseSeen(signatureId, values);
  if (!seen) return "conflict";
  try {
    return await verb({ admin, seen, now }, values);
  } catch (error) {
    if (error instanceof DomainError && error.code === "conflict") return "conflict";
    throw error;
  }
}

/** Approves, as an expert where the button says so. */
export const approve: FormVerb = async (moderation, values) => {
  await approveSignature({ ...moderation, asExpert: values.as === "expert" });
  return "approved";
};

/** Marks as an expert, or no longer. */
export const mark =
  (expert: boolean): FormVerb =>
  async (moderation) => {
    await markExpert({ ...moderation, expert });
    return expert ? "expert" : "notExpert";
  };

/** Lets its address have mail again. */
export const allow: FormVerb = async ({ admin, seen, now }) => {
  await allowMail({ admin, to: seen, now });
  return "mailAllowed";
};

/** Lets what waits apart into the queue. */
export const release: FormVerb = async (moderation) => {
  await releaseSignature(moderation);
  return "released";
};

/** Corrects the displayed fields. */
export const correct: FormVerb = async (moderation, values) => {
  const parsed = parseCorrection(values);
  if (!parsed.ok) return parsed.errors;
  await correctSignature({ ...moderation, correction: parsed.correction });
  return "corrected";
};

/** Rejects, with a reason. */
export const reject: FormVerb = async (moderation, values) => {
  const parsed = parseReason(values);
  if (!parsed.ok) return parsed.errors;
  await rejectSignature({ ...moderation, reason: parsed.reason });
  return "rejected";
};
