import type { Admin } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { ofTheirLetters } from "@/lib/auth/letters-of";
import { canDo } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { suppressionOf } from "@/lib/mail/suppress-address";
import { type Evidence, evidenceOf } from "@/lib/moderation/evidence";
import { gatherEvidence } from "@/lib/moderation/evidence-queries";
import { decryptFlagged, FLAGGED_COLUMNS } from "@/lib/moderation/flags/flagged";
import { gatherFacts } from "@/lib/moderation/flags/gather-facts";
import { type FlagReason, flagsOf } from "@/lib/moderation/flags/rules";
import { type HistoryLine, signatureHistory } from "@/lib/moderation/history";
import { LISTED_STATES, type ListedState } from "@/lib/moderation/queries";
import { type ModerationAction, possibleActions } from "@/lib/moderation/rules";
import { spellingHash } from "@/lib/signatures/claim";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { decryptCountry } from "@/lib/signatures/encrypted-origin";
import { decidableAt } from "@/lib/signatures/move/decidable-at";
import { decryptProposed, type Proposed } from "@/lib/signatures/own/proposal";
import { reveals, showableFrom } from "@/lib/signatures/own/rules";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import type {
  HoldReason,
  Prisma,
  SignatoryKind,
  SuppressionReason,
  Visibility,
} from "@/prisma/generated/client";

/** A signature with everything that a moderator needs to judge it. */
export type SignatureDetail = {
  id: string;
  state: ListedState;
  revision: number;
  kind: SignatoryKind;
  country: string;
  expert: boolean;
  visibility: Visibility;
  slug: string;
  versionNumber: number;
  /** Whether it was not confirmed again in time after a large change of the text. */
  earlier: boolean;
  /** Whether its name is hidden for now, by its organiser's rule or a report from its own mailbox. */
  concealed: boolean;
  /** Null where only the public record is left. */
  email: string | null;
  comment: string | null;
  /** Why it was rejected. */
  reason: string | null;
  submittedAt: Date;
  decidedAt: Date | null;
  /** As corrected, else as typed. */
  fields: SignatoryFields;
  /** As typed, where a moderator has corrected it. */
  typed: SignatoryFields | null;
  /** What the one who looks may do with it now. */
  acts: ModerationAction[];
  hold: HoldReason | null;
  /** What to notice, as things are now. */
  flags: FlagReason[];
  /** Why its address gets no mail, since when, and whether the one who looks may change that; null where it gets mail. */
  suppressed: { reason: SuppressionReason; at: Date; allowable: boolean } | null;
  /** What its signatory wants shown instead, with what to notice about that. */
  change: ProposedChange | null;
  /** The address that it is to move to, where the new mailbox has confirmed it. */
  move: {
    id: string;
    to: string;
    /** Whether an administrator began it, and whether the old mailbox has agreed. */
    lost: boolean;
    agreed: boolean;
    decidableAt: Date;
    decidable: boolean;
  } | null;
  /** Since when it belongs to another mailbox than the one that signed. */
  movedAt: Date | null;
  evidence: Evidence[];
  history: HistoryLine[];
};

export type ProposedChange = Proposed & {
  id: string;
  /** Whether a hidden name is to be shown. */
  shows: boolean;
  /** Whether the mail about it has left: it cannot be approved before. */
  told: boolean;
  /** From when it can be approved, where that is later: its mailbox has time to stop what shows a hidden name. */
  waitsUntil: Date | null;
  flags: FlagReason[];
};

const DETAIL = {
  ...FLAGGED_COLUMNS,
  state: true,
  revision: true,
  visibility: true,
  comment: true,
  reason: true,
  hold: true,
  earlier: true,
  verifiedAt: true,
  decidedAt: true,
  movedAt: true,
  concealed: true,
  version: { select: { number: true } },
  move: { select: { id: true, state: true, address: true, adminId: true, askedAt: true, agreedAt: true } },
  proposal: { select: { id: true, state: true, shows: true, contents: true, mailId: true } },
  signatory: {
    select: { kind: true, encryptedCountry: true, expert: true, typed: true, corrected: true },
  },
} as const;

type Row = Prisma.SignatureGetPayload<{ select: typeof DETAIL }>;

/** One signature for its moderator; null where there is none, its mailbox is not verified, or its person was erased. */
export async function signatureDetail(
  admin: Admin,
  id: string,
  now = new Date(),
): Promise<SignatureDetail | null> {
  assertMaySomewhere(admin, "signature.read");
  const row = await db.signature.findFirst({
    where: { id, state: { in: [...LISTED_STATES] }, ...ofTheirLetters(admin) },
    select: DETAIL,
  });
  const state = LISTED_STATES.find((one) => one === row?.state);
  if (!state || !row?.key || !row.signatory.typed) return null;
  const key = decryptDataKey(row.id, row.key.wrapped);
  const opened = openRow({ ...row, state }, key, row.signatory.typed);
  const { email } = opened;
  const { letterId, addressHash, verifiedAt } = row;
  const facts = email && (await gatherEvidence(db, { ...opened, email, letterId, addressHash, verifiedAt }));
  const all = facts ? evidenceOf(facts) : [];
  const flags = await flagReasons(row);
  // What a flag says need not be said twice.
  const evidence = all.filter(({ code }) => !flags.some((flag) => flag.code === code));
  const change = await changeOf(row, key, opened, now);
  const acts = canDo(admin, "signature.moderate", row.letterId) ? possibleActions(opened) : [];
  const suppression = email ? await suppressionOf(spellingHash(email)) : null;
  const suppressed = suppression && { ...suppression, allowable: canDo(admin, "mail.allow") };
  return {
    ...opened,
    acts,
    flags,
    suppressed,
    change,
    move: await moveOf(row, key, now),
    evidence,
    history: await signatureHistory(admin, id, email ? key : undefined),
  };
}

async function changeOf(row: Row, key: DataKey, shown: Proposed, now: Date): Promise<ProposedChange | null> {
  const { proposal } = row;
  if (proposal?.state !== "WAITING") return null;
  const { id, shows, contents, mailId } = proposal;
  const proposed = decryptProposed(key, contents);
  const mail = await db.mail.findFirst({ where: { id: mailId, state: "SENT" }, select: { doneAt: true } });
  const toldAt = mail?.doneAt ?? null;
  const from = toldAt && showableFrom({ toldAt, movedAt: row.movedAt });
  const waits = from && from > now && reveals(shows, shown, proposed);
  const flags = await flagReasons(row, proposed.fields);
  return { ...proposed, id, shows, told: toldAt !== null, waitsUntil: waits ? from : null, flags };
}

async function moveOf(
  { id: signatureId, move }: Row,
  key: DataKey,
  now: Date,
): Promise<SignatureDetail["move"]> {
  if (move?.state !== "CONFIRMED") return null;
  const { id, address, adminId, agreedAt } = move;
  const from = await decidableAt(db, { ...move, signatureId });
  return {
    id,
    to: decrypt(key, "move.address", address),
    ...{ lost: adminId !== null, agreed: agreedAt !== null, decidableAt: from, decidable: from <= now },
  };
}

/** @param fields to be judged in place of those that are shown */
async function flagReasons(row: Row, fields?: SignatoryFields): Promise<FlagReason[]> {
  const opened = decryptFlagged(row);
  if (!opened) return [];
  const flagged = fields ? { ...opened, fields } : opened;
  const facts = (await gatherFacts(db, row.letterId, [flagged])).get(row.id);
  return facts ? flagsOf(facts) : [];
}

function openRow(row: Row & { state: ListedState }, key: DataKey, typed: string) {
  const { kind, expert, corrected } = row.signatory;
  const asTyped = decryptSignatory(key, { typed, corrected: null });
  return {
    id: row.id,
    state: row.state,
    revision: row.revision,
    kind,
    country: decryptCountry(key, row.signatory.encryptedCountry),
    expert,
    visibility: row.visibility,
    hold: row.hold,
    slug: row.letter.slug,
    versionNumber: row.version.number,
    earlier: row.earlier,
    concealed: row.concealed,
    movedAt: row.movedAt,
    email: row.address && decrypt(key, "signature.address", row.address),
    comment: row.comment && decrypt(key, "signature.comment", row.comment),
    reason: row.reason && decrypt(key, "signature.reason", row.reason),
    submittedAt: row.submittedAt,
    decidedAt: row.decidedAt,
    fields: decryptSignatory(key, { typed, corrected }),
    typed: corrected ? asTyped : null,
  };
}
