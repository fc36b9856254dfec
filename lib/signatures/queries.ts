import { LINK_COVERS_MS } from "@/lib/abuse/limits/limits";
import type { Database } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { hashToken } from "@/lib/encryption/tokens";
import { type Alike, alikeEntries } from "@/lib/signatures/alike-entries";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { decryptCountry } from "@/lib/signatures/encrypted-origin";
import { isTaken } from "@/lib/signatures/places";
import { tickedBeforehand } from "@/lib/signatures/rules";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";
import { withdrawnAmong } from "@/lib/signatures/withdrawn-link";
import type { Prisma } from "@/prisma/generated/client";
import type { SignatoryKind, SignatureState, Visibility } from "@/prisma/generated/enums";

export type WaitingEntry = {
  id: string;
  /** The number of this content; the confirmation names it. */
  revision: number;
  slug: string;
  letterId: string;
  /** The version that it was entered for. */
  version: { id: string; number: number };
  submittedAt: Date;
  kind: SignatoryKind;
  country: string;
  visibility: Visibility;
  updates: boolean;
  discreet: boolean;
  email: string;
  comment: string | null;
  signatory: SignatoryFields;
  /** Why it cannot be confirmed: another signature of the mailbox holds its place, or the letter was taken down. */
  obstacle: "taken" | "taken-down" | null;
  /** What else of the mailbox it looks like. */
  alike: Alike | null;
  ticked: boolean;
};

export type ConfirmedEntry = {
  id: string;
  slug: string;
  state: SignatureState;
  visibility: Visibility;
  /** Whether its name is hidden for now, though its signatory shows it. */
  concealed: boolean;
  /** Whether its letter is taken down. */
  down: boolean;
};

/** What is behind a confirmation link: all that waits in its mailbox, and how it stands with what was confirmed. */
export type BehindLink =
  | {
      state: "open";
      entries: WaitingEntry[];
      confirmed: ConfirmedEntry[];
      /** Whether it leads to what was confirmed with it: for a while after its first use. */
      leads: boolean;
    }
  | { state: "expired" }
  | { state: "withdrawn" }
  | { state: "unknown" };

/** How long after its first use a link leads to what was confirmed with it. */
const LEADS_ON_MS = 3_600_000;

const SELECT = {
  id: true,
  letterId: true,
  state: true,
  revision: true,
  submittedAt: true,
  verifiedAt: true,
  visibility: true,
  concealed: true,
  updates: true,
  discreet: true,
  address: true,
  comment: true,
  key: { select: { wrapped: true } },
  letter: { select: { slug: true, unpublishedAt: true } },
  version: { select: { id: true, number: true } },
  signatory: { select: { kind: true, encryptedCountry: true, typed: true } },
} as const;

type MailedLink = { mailboxHash: string; mailedAt: Date; expiresAt: Date; usedAt: Date | null };

/** The link of a token; null for one that was never mailed. */
export const findLink = (db: Database, token: string): Promise<MailedLink | null> =>
  db.confirmationLink.findUnique({ where: { tokenHash: hashToken(token) }, omit: { tokenHash: true } });

/** The signatures that a link shows: what came before it and up to a day after, and nothing newer than its first use. */
export function shownBy({ mailboxHash, mailedAt, usedAt }: MailedLink): Prisma.SignatureWhereInput {
  const until = new Date(mailedAt.getTime() + LINK_COVERS_MS);
  return { mailboxHash, submittedAt: { lte: usedAt && usedAt < until ? usedAt : until } };
}

/** A link that is found or forwarded later leads nowhere: anyone who holds it then asks for another. */
export const leadsOn = ({ usedAt }: Pick<MailedLink, "usedAt">, now: Date) =>
  usedAt !== null && now.getTime() - usedAt.getTime() < LEADS_ON_MS;

/** Looks behind the token of a mailed link. Changes nothing. */
export async function behindLink(db: Database, token: string, now: Date): Promise<BehindLink> {
  const link = await findLink(db, token);
  const withdrawn = (await withdrawnAmong(db, [token])).has(token);
  if (!link) return { state: withdrawn ? "withdrawn" : "unknown" };
  const rows = await db.signature.findMany({
    where: shownBy(link),
    orderBy: [{ submittedAt: "asc" }, { id: "asc" }],
    select: SELECT,
  });
  if (rows.length === 0 && withdrawn) return { state: "withdrawn" };
  const confirmed = rows.filter(({ verifiedAt }) => verifiedAt && verifiedAt >= link.mailedAt).map(standing);
  if (link.expiresAt <= now) return { state: "expired" };
  const waiting = rows.filter(({ state }) => state === "PENDING");
  const entries = await Promise.all(waiting.map((row) => waitingEntry(db, row)));
  // Who has confirmed what was theirs must not confirm the rest by pressing once more.
  const ticked = link.usedAt ? null : tickedBeforehand(entries.filter(({ obstacle }) => !obstacle));
  const alike = alikeEntries(entries);
  const shown = entries.map((entry) => ({
    ...entry,
    alike: alike.get(entry.id) ?? null,
    ticked: ticked === entry.id,
  }));
  // Nothing waits any more, and nothing was confirmed by it.
  if (shown.length === 0 && confirmed.length === 0) return { state: "expired" };
  return { state: "open", entries: shown, confirmed, leads: leadsOn(link, now) };
}

/** Which tokens of mailed links were ever given out, and are not forgotten. */
export async function knownTokens(db: Database, tokens: readonly string[]): Promise<Set<string>> {
  const hashes = tokens.map(hashToken);
  const found = await db.confirmationLink.findMany({
    where: { tokenHash: { in: hashes } },
    select: { tokenHash: true },
  });
  const mailed = new Set(found.map(({ tokenHash }) => tokenHash));
  const own = await db.manageLink.findMany({
    where: { tokenHash: { in: hashes } },
    select: { tokenHash: true },
  });
  const moving = await db.addressMove.findMany({
    where: { OR: [{ tokenHash: { in: hashes } }, { oldTokenHash: { in: hashes } }] },
    select: { tokenHash: true, oldTokenHash: true },
  });
  const objecting = await db.objection.findMany({
    where: { tokenHash: { in: hashes } },
    select: { tokenHash: true },
  });
  for (const { tokenHash } of [...own, ...moving, ...objecting]) mailed.add(tokenHash);
  for (const { oldTokenHash } of moving) if (oldTokenHash) mailed.add(oldTokenHash);
  const withdrawn = await withdrawnAmong(db, tokens);
  return new Set(tokens.filter((token) => mailed.has(hashToken(token)) || withdrawn.has(token)));
}

type Row = Prisma.SignatureGetPayload<{ select: typeof SELECT }>;

const standing = ({ id, letter, state, visibility, concealed }: Row): ConfirmedEntry => ({
  id,
  slug: letter.slug,
  state,
  visibility,
  concealed,
  down: letter.unpublishedAt !== null,
});

async function waitingEntry(db: Database, row: Row): Promise<WaitingEntry> {
  const { id, letterId, key, address, comment, revision, visibility, updates, discreet, submittedAt } = row;
  const { kind, typed } = row.signatory;
  if (!key || !address || !typed) throw new Error("a waiting entry has no contents");
  const dataKey = decryptDataKey(id, key.wrapped);
  const email = decrypt(dataKey, "signature.address", address);
  const signatory = decryptSignatory(dataKey, { typed, corrected: null });
  const taken = await isTaken(db, { letterId, email, kind, name: signatory.name });
  return {
    id,
    revision,
    slug: row.letter.slug,
    letterId,
    version: row.version,
    submittedAt,
    kind,
    country: decryptCountry(dataKey, row.signatory.encryptedCountry),
    visibility,
    updates,
    discreet,
    email,
    comment: comment && decrypt(dataKey, "signature.comment", comment),
    signatory,
    obstacle: row.letter.unpublishedAt ? "taken-down" : taken ? "taken" : null,
    alike: null,
    ticked: false,
  };
}
