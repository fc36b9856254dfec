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

/**
 * Calls the verb that a form of the signature's page stands for.
 * @returns what to say afterwards, or what to mend
 * @throws DomainError as the verbs do, but for `conflict`, which is something to say
 */
export async function moderateByForm(asked: Asked, values: FormValues): Promise<NoticeCode | FieldErrors> {
  const { admin, signatureId, now } = asked;
  const seen = parseSeen(signatureId, values);
  if (!seen) return "conflict";
  try {
    return await act({ admin, seen, now }, values);
  } catch (error) {
    if (error instanceof DomainError && error.code === "conflict") return "conflict";
    throw error;
  }
}

async function act(moderation: Moderation, values: FormValues): Promise<NoticeCode | FieldErrors> {
  switch (values.form) {
    case "approve":
      await approveSignature({ ...moderation, asExpert: values.as === "expert" });
      return "approved";
    case "markExpert":
      await markExpert({ ...moderation, expert: true });
      return "expert";
    case "unmarkExpert":
      await markExpert({ ...moderation, expert: false });
      return "notExpert";
    case "release":
      await releaseSignature(moderation);
      return "released";
    case "allow-mail":
      await allowMail({ admin: moderation.admin, to: moderation.seen, now: moderation.now });
      return "mailAllowed";
    case "correct":
      return correct(moderation, values);
    case "reject":
      return reject(moderation, values);
    default:
      throw new DomainError("invalid");
  }
}

async function correct(moderation: Moderation, values: FormValues): Promise<NoticeCode | FieldErrors> {
  const parsed = parseCorrection(values);
  if (!parsed.ok) return parsed.errors;
  await correctSignature({ ...moderation, correction: parsed.correction });
  return "corrected";
}

async function reject(moderation: Moderation, values: FormValues): Promise<NoticeCode | FieldErrors> {
  const parsed = parseReason(values);
  if (!parsed.ok) return parsed.errors;
  await rejectSignature({ ...moderation, reason: parsed.reason });
  return "rejected";
}
