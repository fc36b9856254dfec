import type { FormOutcome } from "@/app/_forms/form-actions";
import {
  besidePath,
  listPath,
  type NoticeCode,
  signaturePath,
  type Whose,
} from "@/app/[locale]/admin/_parts/paths";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { readAdminSearch } from "@/app/[locale]/admin/signatures/_parts/asked";
import type { Admin } from "@/lib/auth/admin";
import { DomainError, type DomainErrorCode } from "@/lib/errors";
import { readPublicId } from "@/lib/http/public-ids";
import type { FormValues } from "@/lib/http/request-context";
import { allowMail } from "@/lib/mail/allow-mail";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { correctSignature } from "@/lib/moderation/correct-signature";
import { approveChange, refuseChange } from "@/lib/moderation/decide-change";
import { approveMove, refuseMove, startMove } from "@/lib/moderation/decide-move";
import type { QueuePlace } from "@/lib/moderation/filters/read-matches";
import { type Filters, isQueue } from "@/lib/moderation/filters/rules";
import { hideName } from "@/lib/moderation/hide-name";
import { holdSignature, releaseSignature } from "@/lib/moderation/hold-signature";
import { letterIdOf } from "@/lib/moderation/letter-counts";
import { markExpert } from "@/lib/moderation/mark-expert";
import { nextWaiting } from "@/lib/moderation/queries";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { parseReason, parseSeen } from "@/lib/moderation/schemas";
import { withdrawFor } from "@/lib/moderation/withdraw-for";
import { parseCorrection } from "@/lib/signatures/correction";
import { parseEmail } from "@/lib/signatures/schemas";

type Params = { params: Promise<{ locale: string; slug: string; id: string }> };

/** Decides about a signature as its page showed it. After a decision the next one that waits is shown. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug, id: name } = await params;
  const id = readPublicId(name);
  const { filters, after, all } = readAdminSearch(new URL(request.url).searchParams, []);
  const whose = all ? null : slug;
  const place = { locale, id, slug, whose, filters, after };
  const now = new Date();
  const by = (admin: Admin, values: FormValues) => ({ admin, seen: parseSeen(id, values), now });
  const goOn = (admin: Admin, done: Promise<void>, notice: NoticeCode) => follow(admin, done, notice, place);
  return handleAdminForm(
    request,
    { locale, page: besidePath(locale, place, whose, filters, { after }), may: "signature.moderate" },
    {
      approve: (admin, values) => {
        const asExpert = values.as === "expert";
        return goOn(admin, approveSignature({ ...by(admin, values), asExpert }), "approved");
      },
      markExpert: (admin, values) =>
        goOn(admin, markExpert({ ...by(admin, values), expert: true }), "expert"),
      unmarkExpert: (admin, values) =>
        goOn(admin, markExpert({ ...by(admin, values), expert: false }), "notExpert"),
      release: (admin, values) => goOn(admin, releaseSignature(by(admin, values)), "released"),
      hold: (admin, values) => goOn(admin, holdSignature(by(admin, values)), "held"),
      "start-move": async (admin, values) => {
        const parsed = parseEmail(values);
        if (!parsed.ok) return { errors: parsed.errors };
        const { email } = parsed.data;
        return goOn(admin, startMove({ ...by(admin, values), email }), "moveStarted");
      },
      "approve-move": {
        each: (moveId, admin, values) =>
          goOn(admin, approveMove({ ...by(admin, values), moveId }), "moveApproved"),
      },
      "refuse-move": {
        each: (moveId, admin, values) =>
          goOn(admin, refuseMove({ ...by(admin, values), moveId }), "moveRefused"),
      },
      "approve-change": {
        each: (proposalId, admin, values) =>
          goOn(admin, approveChange({ ...by(admin, values), proposalId }), "changeApproved"),
      },
      "refuse-change": {
        each: async (proposalId, admin, values) => {
          const parsed = parseReason(values);
          if (!parsed.ok) return { errors: parsed.errors };
          const { reason } = parsed.data;
          return goOn(admin, refuseChange({ ...by(admin, values), proposalId, reason }), "changeRefused");
        },
      },
      hide: (admin, values) => goOn(admin, hideName(by(admin, values)), "hidden"),
      withdraw: (admin, values) => goOn(admin, withdrawFor(by(admin, values)), "withdrawn"),
      "allow-mail": (admin, values) =>
        goOn(admin, allowMail({ admin, to: parseSeen(id, values), now }), "mailAllowed"),
      correct: async (admin, values) => {
        const parsed = parseCorrection(values, "moderator");
        if (!parsed.ok) return { errors: parsed.errors };
        return goOn(admin, correctSignature({ ...by(admin, values), correction: parsed.data }), "corrected");
      },
      reject: async (admin, values) => {
        const parsed = parseReason(values);
        if (!parsed.ok) return { errors: parsed.errors };
        const { reason } = parsed.data;
        return goOn(admin, rejectSignature({ ...by(admin, values), reason }), "rejected");
      },
    },
  );
}

type Place = {
  locale: string;
  id: string;
  slug: string;
  whose: Whose;
  filters: Filters;
  after?: QueuePlace;
};

/** Says what was done, or that somebody was faster; on the next one that waits, for those who work through the queue. */
async function follow(
  admin: Admin,
  done: Promise<void>,
  said: NoticeCode,
  { locale, id, slug, whose, filters, after }: Place,
): Promise<FormOutcome> {
  const notice = await done.then(() => said, whenConflict);
  // Of what is gone there is no page.
  if (notice === "withdrawn") return { redirect: listPath(locale, whose, filters, { noted: { notice } }) };
  const decided =
    notice === "approved" || notice === "rejected" || notice === "released" || notice === "held";
  if (decided && !isQueue(filters))
    return { redirect: `${signaturePath(locale, id, slug)}?notice=${notice}` };
  if (!decided)
    return { redirect: besidePath(locale, { id, slug }, whose, filters, { after, noted: { notice } }) };
  const noted = { notice, was: id };
  // Looking through texts takes longer than a form may, and what was decided must not seem to have failed.
  const letterId = whose && (await letterIdOf(admin, whose));
  const next = filters.text ? null : await nextWaiting(admin, id, { ...filters, letterId });
  return {
    redirect: next
      ? besidePath(locale, next, whose, filters, { after: next.isFirst ? undefined : after, noted })
      : listPath(locale, whose, filters, { noted }),
  };
}

const REFUSED: Partial<Record<DomainErrorCode, NoticeCode>> = {
  conflict: "conflict",
  "not-confirmed": "notTold",
  "same-person": "samePerson",
  "too-early": "tooEarly",
  "already-signed": "takenThere",
  unchanged: "unchanged",
};

function whenConflict(error: unknown): NoticeCode {
  const notice = error instanceof DomainError ? REFUSED[error.code] : undefined;
  if (notice) return notice;
  throw error;
}
