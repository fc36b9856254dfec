import { keyedHash } from "@/lib/encryption/hash";

/** An audit entry as it stands in the database; the time in whole milliseconds. */
export type Entry = {
  id: string;
  at: Date;
  actor: string;
  adminId: string | null;
  action: string;
  letterId: string | null;
  signatureId: string | null;
  details: unknown;
  encrypted: string | null;
};

/** The one text of an entry: the same whether it was just written or is read back years later. */
export function entryText(entry: Entry): string {
  const { id, at, actor, adminId, action, letterId, signatureId, details, encrypted } = entry;
  const facts = canonicalJson(details);
  return JSON.stringify([
    id,
    at.toISOString(),
    actor,
    adminId,
    action,
    letterId,
    signatureId,
    facts,
    encrypted,
  ]);
}

/** What shows that this deployment wrote an entry, and as it stands: anyone who has only the database cannot make it. */
export function entryMark(entry: Entry): string {
  return keyedHash("audit-entry", entryText(entry));
}

/** JSON with its keys in order: the database keeps no order of keys. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
