import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { v7 as uuid } from "uuid";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin, bySystem } from "@/lib/auth/context";
import { adminHash } from "@/lib/auth/is-admin";
import { insertLink } from "@/lib/auth/sign-in-links";
import { db } from "@/lib/db/client";
import { createToken } from "@/lib/encryption/tokens";
import { closeLetter } from "@/lib/letters/close-letter";
import { createDraft } from "@/lib/letters/create-draft";
import { addTimelineEntry } from "@/lib/letters/edit-timeline";
import { addPicture } from "@/lib/letters/pictures/add-picture";
import { pictureMarkdown } from "@/lib/letters/pictures/rules";
import { makePreviewLink } from "@/lib/letters/previews/make-preview-link";
import { publishVersion } from "@/lib/letters/publish-version";
import { saveDraft } from "@/lib/letters/save-draft";
import { addBlock } from "@/lib/moderation/blocklist/add-block";
import type { Seen } from "@/lib/moderation/moderate";
import { addToWatchlist } from "@/lib/moderation/watchlist/add-to-watchlist";
import { signLetter } from "@/lib/signatures/sign-letter";
import type { Visitor } from "./access-matrix";
import { validSession } from "./admin-sessions";
import { begin, draft, filtersOf } from "./bulk-actions";
import { individual, openLetter } from "./letters";
import { moderator, seeNow, waitingSignature } from "./moderators";
import { listEntries } from "./public-entries";
import { queuedToken } from "./queued-mails";

const SLUG = "uyghurs";
const addressOf = (visitor: Visitor) => `${visitor}@example.org`;
const ROLES = {
  half: "OWNER",
  elsewhere: "EDITOR",
  reader: "READER",
  moderator: "MODERATOR",
  editor: "EDITOR",
  owner: "OWNER",
} as const;

/** A passkey that nobody has: whoever has its row must prove it. */
async function givePasskey(adminId: string): Promise<string> {
  const key = { credentialId: uuid(), publicKey: new Uint8Array([1]), name: "Key", createdAt: new Date() };
  return (await db.adminPasskey.create({ data: { ...key, id: uuid(), adminId } })).id;
}

/** A new session of a visitor; none of an anonymous one. */
export async function sessionOf(visitor: Visitor): Promise<string | undefined> {
  if (visitor === "anonymous") return undefined;
  const session = await validSession(addressOf(visitor), ROLES[visitor]);
  if (visitor === "half") return session;
  const adminId = (await moderator(addressOf(visitor), ROLES[visitor])).id;
  await db.adminSession.updateMany({ where: { adminId }, data: { mfaVerifiedAt: new Date() } });
  return session;
}

/** Makes the visitors, each with a passkey. @returns the id of each one's passkey */
export async function makeVisitors(): Promise<Record<keyof typeof ROLES, string>> {
  const made: [string, string][] = [];
  for (const [visitor, role] of Object.entries(ROLES)) {
    const { id } = await moderator(addressOf(visitor as Visitor), role);
    if (visitor === "elsewhere") await limit(id);
    made.push([visitor, await givePasskey(id)]);
  }
  return Object.fromEntries(made) as Record<keyof typeof ROLES, string>;
}

/** Makes somebody's role one for a letter of which nothing else is asked. */
async function limit(adminId: string): Promise<void> {
  const { id: letterId } = await openLetter({}, new Date());
  await db.admin.update({ where: { id: adminId }, data: { allLetters: false } });
  await db.adminLetter.create({ data: { adminId, letterId } });
}

const sign = (name: string, email: string) =>
  signLetter({ slug: SLUG, locale: "en", input: individual({ name, email }), now: new Date() });

/** A signature that no moderator may see yet, put on hold, so that its state alone is against every act. */
async function pendingSignature(name: string): Promise<{ seen: Seen; token: string }> {
  const email = `pending-${randomBytes(8).toString("hex")}@example.org`;
  const known = await db.signature.findMany({ where: { state: "PENDING" }, select: { id: true } });
  await sign(name, email);
  const where = { state: "PENDING", id: { notIn: known.map(({ id }) => id) } } as const;
  const { id } = await db.signature.findFirstOrThrow({ where });
  await db.signature.update({ where: { id }, data: { hold: "UNCHECKED" } });
  return { seen: await seeNow(id), token: await queuedToken(id) };
}

/** A mail that could not be delivered. */
async function failedMail(signatureId: string): Promise<string> {
  const now = new Date();
  const times = { queuedAt: now, notBefore: now, doneAt: now };
  const row = { message: "signature-standing", signatureId, state: "FAILED", error: "smtp-550" } as const;
  return (await db.mail.create({ data: { ...row, ...times, id: uuid() } })).id;
}

/** What somebody has said of an entry, and confirmed. */
async function objection(letterId: string, signatureId: string): Promise<string> {
  const now = new Date();
  const row = {
    letterId,
    signatureId,
    state: "OPEN",
    tokenHash: uuid(),
    createdAt: now,
    confirmedAt: now,
  } as const;
  return (await db.objection.create({ data: { ...row, id: uuid() } })).id;
}

/** A closed letter with an entry in its timeline, and with a change that is not published yet. */
async function closedLetter(owner: Admin) {
  const context = byAdmin(owner, new Date());
  const named = { locale: "en", organiserName: "Example", organiserUrl: null, slug: "of-its-own" } as const;
  const slug = await createDraft(context, { ...named, title: "Of its own" });
  const dot = sharp({ create: { width: 4, height: 4, channels: 3, background: "#369" } });
  const shown = { file: await dot.png().toBuffer(), alt: "A dot", caption: "" };
  const picture = (await addPicture(context, slug, shown)) ?? "";
  const body = pictureMarkdown({ ...shown, name: picture });
  const text = { title: "Of its own", standfirst: "In short", recipients: "All", body };
  await saveDraft(context, slug, { locale: "en", text, revision: 1 });
  await publishVersion(context, slug, {});
  await saveDraft(context, slug, { locale: "en", text: { ...text, body: "Other text." }, revision: 2 });
  await addTimelineEntry(context, slug, { day: new Date("2026-11-01"), text: "Delivered", url: null });
  await closeLetter(bySystem(new Date()), slug);
  const { id } = await db.timelineEntry.findFirstOrThrow({ where: { letter: { slug } } });
  const letter = await db.letter.findUniqueOrThrow({ where: { slug } });
  await listEntries(letter.id, [{ name: "Listed" }]);
  const listed = await db.publicSignatory.findFirstOrThrow({ where: { letterId: letter.id } });
  const preview = await makePreviewLink(context, slug, 1);
  const hiding = {
    id: uuid(),
    letterId: letter.id,
    country: "AQ",
    active: true,
    since: new Date(),
    total: 0,
  };
  const hidden = (await db.hiddenNames.create({ data: hiding })).id;
  return { slug, entry: id, listed: listed.signatureId, picture, preview, hidden };
}

/** One of everything that an address or a form can name. @param name borne by the signatures, to be searched for */
export async function makeObjects(name: string) {
  const now = new Date();
  const owner = await moderator("maker@example.org", "OWNER");
  const guest = await moderator("colleague@example.org", "READER");
  const seen = await waitingSignature(SLUG, individual({ name, email: "waits@example.org" }), now);
  const { letterId } = await db.signature.findUniqueOrThrow({ where: { id: seen.signatureId } });
  const doomed = individual({ name, email: "doomed@bulk.example" });
  await waitingSignature(SLUG, doomed, now);
  const filters = filtersOf(letterId, { domains: ["bulk.example"] });
  const bulkDraft = await draft(owner, filters, now);
  const bulkAction = await begin(owner, filters);
  const block = { kind: "DOMAIN", pattern: "rule.example", reason: "why" } as const;
  const { token: link } = createToken();
  await db.$transaction((tx) => insertLink(tx, { token: link, address: owner.address, now }));
  return {
    seen,
    letterId,
    letter: await closedLetter(owner),
    failedMail: await failedMail(seen.signatureId),
    bulkAction,
    bulkDraft,
    pending: await pendingSignature(name),
    entry: (await db.publicSignatory.findFirstOrThrow({ where: { letterId } })).id,
    objection: await objection(letterId, seen.signatureId),
    block: (await addBlock({ admin: owner, block, now })) ?? "",
    watched:
      (await addToWatchlist({ admin: owner, letterId, watched: { name: "A Name", note: null }, now })) ?? "",
    link,
    guest: guest.id,
    guestPasskey: await givePasskey(guest.id),
    guestSession: await sessionIdOf(guest.address),
  };
}

export type Objects = Awaited<ReturnType<typeof makeObjects>>;

async function sessionIdOf(address: string): Promise<string> {
  await validSession(address);
  const admin = { addressHash: adminHash(address) };
  return (await db.adminSession.findFirstOrThrow({ where: { admin } })).id;
}

/** What an act could have changed: tables, each with what is compared of a row. */
const CHANGEABLE: Record<string, string> = {
  ...Object.fromEntries(
    [
      ...["signature", "signatory", "letter_tally", "letter", "site", "site_text", "letter_draft"],
      ...[
        "letter_version",
        "timeline_entry",
        "pinned_signatory",
        "letter_words",
        "preview_link",
        "admin",
        "admin_letter",
      ],
      ...["admin_recovery_code", "block_rule", "watchlist_name", "mail", "mail_raise"],
      ...["bulk_action", "bulk_item", "export_file", "objection"],
    ].map((table) => [table, "t::text"]),
  ),
  audit_entry: "t.id::text",
  letter_picture: "t.name",
  // Not when a session was seen, nor how often a passkey was used.
  admin_session: "ROW(t.id, t.admin_id, t.mfa_verified_at, t.token_hash)::text",
  admin_passkey: "(to_jsonb(t) - 'counter')::text",
  "pgboss.job": "t.name",
};

/** Everything that an act could have changed, as one hash for each table. */
export async function everything(): Promise<string> {
  const hashes = Object.entries(CHANGEABLE).map(
    ([table, row]) =>
      `SELECT '${table}' AS table, md5(string_agg(${row}, E'\\n' ORDER BY ${row})) AS hash FROM ${table} t`,
  );
  return JSON.stringify(await db.$queryRawUnsafe(hashes.join(" UNION ALL ")));
}
