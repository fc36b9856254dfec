import { type Admin, decryptAdminAddress } from "@/lib/auth/admin";
import { assertMaySomewhere } from "@/lib/auth/assert-may";
import { ofTheirLetters } from "@/lib/auth/letters-of";
import { db } from "@/lib/db/client";
import type { DataKey } from "@/lib/encryption/cipher";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { DEFAULT_LOCALE } from "@/lib/i18n/locales";
import { TITLES, titleOf } from "@/lib/letters/titles";
import { type Delicate, delicateParts } from "@/lib/moderation/export/rules";
import { LISTED_STATES } from "@/lib/moderation/queries";
import { property, textProperty } from "@/lib/property";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import type { ActorKind, Prisma } from "@/prisma/generated/client";

export type FieldChange = { field: string; before: string | null; after: string | null };

/** A line of the audit log as moderators read it. */
export type HistoryLine = {
  id: string;
  at: Date;
  actor: ActorKind;
  /** The administrator's address, where one acted. */
  by: string | null;
  /** For whom the site did it, where it did it for one. */
  askedBy: string | null;
  action: string;
  signatureId: string | null;
  changes: FieldChange[];
  /** Of a bulk action, what it does and to how many; entries of its undoing before 2026-11-28 say neither. */
  bulk: { operation: string; count: number };
  /** Of an export, what it has that readers are not told; of others, and of downloads before 2026-11-28, nothing. */
  file: Delicate;
};

/**
 * A line of the audit log with the name behind its signature, null where that was erased or never verified, with the
 * address of the administrator whom it is about, where it is about one, and with its letter.
 */
export type ActionLine = HistoryLine & {
  name: string | null;
  subject: string | null;
  letter: { slug: string; title: string; textLocale: string } | null;
};

const LINE = {
  id: true,
  at: true,
  actor: true,
  action: true,
  signatureId: true,
  details: true,
  encrypted: true,
  admin: { select: { address: true } },
} as const;

type Row = Prisma.AuditEntryGetPayload<{ select: typeof LINE }>;

/** What was done to one signature, newest first. @param key opens the personal parts, where these are kept */
export async function signatureHistory(
  admin: Admin,
  signatureId: string,
  key?: DataKey,
): Promise<HistoryLine[]> {
  assertMaySomewhere(admin, "signature.read");
  const rows = await db.auditEntry.findMany({
    where: { signatureId, ...ofTheirLetters(admin) },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: LINE,
  });
  const addresses = await adminAddresses(rows.flatMap((row) => askerOf(row) ?? []));
  return rows.map((row) => ({
    ...toLine(row, key),
    askedBy: addresses.get(askerOf(row) ?? "") ?? null,
  }));
}

/** The administrator for whom the site did it. */
const askerOf = ({ details }: Row) => textProperty(details, "askedBy");

// What signatories do, and time, is seen in the queue; of a bulk action its one line is enough.
const NOT_ACTS = [
  "signature.submit",
  "signature.resubmit",
  "signature.repeat",
  "signature.edit",
  "signature.verify",
  "signature.lapse",
  "signature.outlive",
  "signature.bare",
  "signature.conceal",
  "signature.reveal",
  "signature.object",
  "signature.invalidate",
  "signature.set-apart",
  "signature.reinstate",
  "signature.bulk-release",
  "signature.flag",
  "signature.block",
  "signature.unblock",
  "signature.bounce",
  "signature.complain",
  "signature.stop-emails",
];

/**
 * The last acts of administrators and of the operator, without their personal parts but the names concerned.
 * @param after the last line of the page before
 */
export async function lastActions(
  admin: Admin,
  limit: number,
  { locale = DEFAULT_LOCALE, after }: { locale?: string; after?: { at: Date; id: string } } = {},
): Promise<ActionLine[]> {
  assertMaySomewhere(admin, "signature.read");
  const beyond = after && { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] };
  const rows = await db.auditEntry.findMany({
    where: { action: { notIn: NOT_ACTS }, ...ofTheirLetters(admin), ...beyond },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
    select: { ...LINE, letter: { select: { slug: true, ...TITLES } } },
  });
  const names = await namesOf(rows.flatMap(({ signatureId }) => signatureId ?? []));
  const addresses = await adminAddresses(rows.flatMap((row) => subjectOf(row) ?? []));
  return rows.map(({ letter, ...row }) => ({
    ...toLine(row),
    letter: letter && toLetter(letter, locale),
    name: names.get(row.signatureId ?? "") ?? null,
    subject: addresses.get(subjectOf(row) ?? "") ?? null,
  }));
}

function toLetter({ slug, ...letter }: { slug: string } & Parameters<typeof titleOf>[0], locale: string) {
  const { title, locale: textLocale } = titleOf(letter, locale);
  return { slug, title, textLocale };
}

/** The administrator whom an owner's act was about. */
const subjectOf = ({ details }: Row) => textProperty(details, "subject");

async function namesOf(ids: string[]): Promise<Map<string, string>> {
  const rows = await db.signature.findMany({
    where: { id: { in: ids }, state: { in: [...LISTED_STATES] } },
    select: {
      id: true,
      key: { select: { wrapped: true } },
      signatory: { select: { typed: true, corrected: true } },
    },
  });
  const names = rows.flatMap(({ id, key, signatory: { typed, corrected } }): [string, string][] =>
    key && typed ? [[id, decryptSignatory(decryptDataKey(id, key.wrapped), { typed, corrected }).name]] : [],
  );
  return new Map(names);
}

function toLine({ admin, details, encrypted, ...row }: Row, key?: DataKey): HistoryLine {
  const by = admin && decryptAdminAddress(admin.address);
  const personal = encrypted && key ? changesIn(JSON.parse(decrypt(key, "audit.sealed", encrypted))) : [];
  const bulk = {
    operation: textProperty(details, "operation") ?? "unsaid",
    count: Number(property(details, "signatures") ?? 0),
  };
  const columns = property(details, "columns");
  const file = delicateParts({
    hidden: property(details, "hidden") === true,
    columns: Array.isArray(columns) ? columns : [],
  });
  return { ...row, by, askedBy: null, bulk, file, changes: [...changesIn(details), ...personal] };
}

// These show in the action's own name. Entries never change: earlier versions called a hold a quarantine.
const UNSAID = new Set(["state", "hold", "visibility", "quarantine"]);

function changesIn(details: unknown): FieldChange[] {
  const before = property(details, "before");
  const after = property(details, "after");
  if (!before || !after) return [];
  return Object.entries(after).flatMap(([field, now]) => {
    const then = property(before, field);
    return UNSAID.has(field) || then === now ? [] : [{ field, before: words(then), after: words(now) }];
  });
}

const words = (value: unknown) => (value === null || value === undefined ? null : String(value));

/** The addresses behind ids of administrators, former ones included. */
async function adminAddresses(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.admin.findMany({ where: { id: { in: ids } }, select: { id: true, address: true } });
  return new Map(rows.map(({ id, address }) => [id, decryptAdminAddress(address)]));
}
