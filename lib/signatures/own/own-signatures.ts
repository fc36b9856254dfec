import { db } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { hashToken } from "@/lib/encryption/tokens";
import { type TextChange, textChangeOf } from "@/lib/letters/difference/text-change";
import { chooseText, type LetterStatus, letterStatus } from "@/lib/letters/rules";
import { keptSince } from "@/lib/retention/rules";
import { shownSignatory } from "@/lib/signatories/shown-signatory";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { countryOf, decryptLanguage } from "@/lib/signatures/encrypted-origin";
import { decidableAt } from "@/lib/signatures/move/decidable-at";
import { findMove } from "@/lib/signatures/move/find-move";
import { moveLinkBegan } from "@/lib/signatures/move/rules";
import { managedBy, ofMailbox } from "@/lib/signatures/own/manage-link";
import { decryptProposed, decryptRefusal, type Proposed } from "@/lib/signatures/own/proposal";
import { findLink } from "@/lib/signatures/queries";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import { withdrawnAmong } from "@/lib/signatures/withdrawn-link";
import type { Prisma } from "@/prisma/generated/client";
import type { SignatoryKind, SignatureState, Visibility } from "@/prisma/generated/enums";

/** One's own signature: all that is stored of it, as the page of its link shows it. */
export type OwnSignature = {
  id: string;
  slug: string;
  status: LetterStatus;
  title: string;
  textLocale: string;
  kind: SignatoryKind;
  country: string;
  expert: boolean;
  /** As displayed: corrected, else as typed. */
  signatory: SignatoryFields;
  /** As typed, where it was corrected since. */
  typed: SignatoryFields | null;
  /** Empty where only the public record is left. */
  email: string;
  comment: string | null;
  /** Why it was rejected. */
  reason: string | null;
  updates: boolean;
  /** The language that it was signed in. */
  language: string | null;
  state: SignatureState;
  visibility: Visibility;
  /** The number of the version that it is of. */
  version: number;
  /** Whether it no longer counts, as it was not confirmed again in time. */
  earlier: boolean;
  consent: { version: string; at: Date };
  submittedAt: Date;
  verifiedAt: Date | null;
  decidedAt: Date | null;
  /** What one wants shown instead: it waits for a moderator, or was refused. */
  proposal: (Proposed & { shows: boolean; state: "WAITING" | "REFUSED"; reason: string | null }) | null;
  /** The address that it is about to have, which of the mailboxes have confirmed, and from when a moderator may decide. */
  movesTo: { address: string; confirmed: boolean; agreed: boolean; decidableAt: Date } | null;
  /** Whether its name is hidden for now, though its signatory shows it. */
  concealed: boolean;
  /** Whether a report that it is not genuine waits for a moderator, or the last one was decided and it stays. */
  report: "waits" | "kept" | null;
  discreet: boolean;
  /** Whether the letter's list may say who withdrew. */
  withdrawalsShown: boolean;
  /** Whether readers see the name: not while the organiser, or an objection, hides it. */
  listed: boolean;
  /** Whether the letter shows representatives who agree. */
  representativesShown: boolean;
  /** What changed since; null where it is of the newest text, and where that is not shown. */
  change: TextChange | null;
};

/** Whether a link has ended all others of its mailbox, and when another one last did. */
export type OwnLinks = { endedOthers: boolean; endedAt: Date | null };

export type BehindManageLink =
  | { state: "open"; signatures: OwnSignature[]; links: OwnLinks }
  | { state: "withdrawn" }
  /** Another link of its mailbox ended it. */
  | { state: "ended" }
  /** The link with which entries are confirmed, without the end of its address. */
  | { state: "to-confirm" }
  /** The same of the link to a new mailbox. */
  | { state: "to-move" }
  | { state: "unknown" };

const COLUMNS = {
  id: true,
  letterId: true,
  letterVersionId: true,
  state: true,
  visibility: true,
  earlier: true,
  concealed: true,
  discreet: true,
  updates: true,
  address: true,
  comment: true,
  reason: true,
  encryptedLanguage: true,
  consentVersion: true,
  consentAt: true,
  submittedAt: true,
  verifiedAt: true,
  decidedAt: true,
  key: { select: { wrapped: true } },
  move: { select: { state: true, address: true, askedAt: true, agreedAt: true } },
  proposal: { select: { state: true, shows: true, contents: true, reason: true } },
  version: { select: { number: true, texts: { select: { locale: true, title: true } } } },
  objections: { where: { state: { in: ["OPEN", "KEPT"] } }, select: { state: true, decidedAt: true } },
  signatory: {
    select: { kind: true, encryptedCountry: true, expert: true, typed: true, corrected: true },
  },
  letter: {
    select: {
      slug: true,
      locale: true,
      opensAt: true,
      closesAt: true,
      unpublishedAt: true,
      archivedAt: true,
      representativesShown: true,
      withdrawalsShown: true,
    },
  },
} as const satisfies Prisma.SignatureSelect;

type Row = Prisma.SignatureGetPayload<{ select: typeof COLUMNS }>;

/** Looks behind the link to one's own signatures. Changes nothing. It works also while a letter is taken down. */
export async function behindManageLink(token: string, locale: string, now: Date): Promise<BehindManageLink> {
  const managed = await managedBy(db, token);
  const shown = managed ? await signaturesWhere(managed, locale, now) : [];
  if (shown.length === 0) return otherState(token, now);
  return { state: "open", signatures: shown, links: await linksBeside(token, now) };
}

/** All that is stored of some signatures, the oldest first. */
export async function signaturesWhere(
  where: Prisma.SignatureWhereInput,
  locale: string,
  now: Date,
): Promise<OwnSignature[]> {
  const order = [{ submittedAt: "asc" as const }, { id: "asc" as const }];
  const rows = await db.signature.findMany({ where, orderBy: order, select: COLUMNS });
  const signatures = await Promise.all(rows.map((row) => ownSignature(row, locale, now)));
  return signatures.filter((one) => one !== null);
}

async function ownSignature(row: Row, locale: string, now: Date): Promise<OwnSignature | null> {
  const { id, letter, version, signatory, key: wrapped, address, comment, reason } = row;
  const { typed, corrected } = signatory;
  if (!wrapped || !typed) return null;
  const key = decryptDataKey(id, wrapped.wrapped);
  const text = chooseText(version.texts, locale, letter.locale);
  const status = letterStatus(letter, now);
  // What is archived is read as before, with its list.
  const isRead = status === "open" || status === "closed";
  const { state, visibility, earlier, concealed, discreet, updates, submittedAt, verifiedAt, decidedAt } =
    row;
  return {
    ...{ id, slug: letter.slug, status, title: text.title, textLocale: text.locale },
    ...{ state, visibility, earlier, concealed, discreet, updates, submittedAt, verifiedAt, decidedAt },
    ...{ kind: signatory.kind, expert: signatory.expert, version: version.number },
    country: countryOf(id, wrapped, signatory.encryptedCountry),
    signatory: decryptSignatory(key, { typed, corrected }),
    typed: corrected ? decryptSignatory(key, { typed, corrected: null }) : null,
    email: address ? decrypt(key, "signature.address", address) : "",
    comment: comment && decrypt(key, "signature.comment", comment),
    reason: reason && decrypt(key, "signature.reason", reason),
    language: row.encryptedLanguage ? decryptLanguage(key, row.encryptedLanguage) : null,
    consent: { version: row.consentVersion, at: row.consentAt },
    proposal: proposalOf(row, key),
    movesTo: await moveOf(row, key, now),
    report: reportOf(row, now),
    listed: isRead && (await shownSignatory(id)) !== null,
    representativesShown: letter.representativesShown,
    withdrawalsShown: letter.withdrawalsShown,
    change:
      isRead && !letter.archivedAt ? await textChangeOf(db, row.letterId, row.letterVersionId, locale) : null,
  };
}

function proposalOf({ proposal }: Row, key: DataKey): OwnSignature["proposal"] {
  if (!proposal || proposal.state === "STOPPED") return null;
  const { state, shows, contents, reason } = proposal;
  return { ...decryptProposed(key, contents), state, shows, reason: reason && decryptRefusal(key, reason) };
}

/** One whose new mailbox has not answered in time is over. */
async function moveOf({ id, move }: Row, key: DataKey, now: Date): Promise<OwnSignature["movesTo"]> {
  if (!move || (move.state === "ASKED" && move.askedAt <= moveLinkBegan(now))) return null;
  const address = decrypt(key, "move.address", move.address);
  const [confirmed, agreed] = [move.state === "CONFIRMED", move.agreedAt !== null];
  return { address, confirmed, agreed, decidableAt: await decidableAt(db, { ...move, signatureId: id }) };
}

function reportOf({ state, objections }: Row, now: Date): OwnSignature["report"] {
  if (state !== "APPROVED") return null;
  if (objections.some((one) => one.state === "OPEN")) return "waits";
  const recent = keptSince("objection", now);
  return objections.some(({ decidedAt }) => decidedAt && decidedAt > recent) ? "kept" : null;
}

/** For how long the page says that a link has ended all others. */
const TOLD_MS = 30 * 86_400_000;

const linkOf = (token: string) =>
  db.manageLink.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { endedAt: true, endedOthers: true, signature: { select: { id: true, mailboxHash: true } } },
  });

async function linksBeside(token: string, now: Date): Promise<OwnLinks> {
  const link = await linkOf(token);
  if (!link || link.endedOthers) return { endedOthers: link !== null, endedAt: null };
  const { _max } = await db.manageLink.aggregate({
    where: { signature: ofMailbox(link.signature), endedAt: { gt: new Date(now.getTime() - TOLD_MS) } },
    _max: { endedAt: true },
  });
  return { endedOthers: false, endedAt: _max.endedAt };
}

async function otherState(token: string, now: Date): Promise<BehindManageLink> {
  if (await findLink(db, token)) return { state: "to-confirm" };
  if (await findMove(db, token, now)) return { state: "to-move" };
  if ((await linkOf(token))?.endedAt) return { state: "ended" };
  return { state: (await withdrawnAmong(db, [token])).has(token) ? "withdrawn" : "unknown" };
}
