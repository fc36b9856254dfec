import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { alike } from "@/lib/bulk/alike";
import { continueBulkAct } from "@/lib/bulk/continue-bulk-act";
import { previewInvalidation } from "@/lib/bulk/preview-invalidation";
import { BATCH, MOST_CHOSEN } from "@/lib/bulk/rules";
import { runInvalidation } from "@/lib/bulk/run-invalidation";
import { undoInvalidation } from "@/lib/bulk/undo-invalidation";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { signatureHistory } from "@/lib/moderation/history";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { readTally } from "@/lib/tally/queries";
import { recount } from "@/lib/tally/recount";
import { openDataKey } from "@/lib/vault/keys";
import { begin, conditionsOf, itemStates, standingDump, undo, workOff } from "../support/bulk-acts";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { queuedMails, queuedToken } from "../support/queued-mails";

let admin: Admin;
let mailbox = 0;
const email = (domain = "example.org") => `bulk${++mailbox}@${domain}`;

beforeAll(async () => {
  admin = await moderator();
});

const stored = (id: string) =>
  db.signature.findUniqueOrThrow({ where: { id }, include: { signatory: true } });

async function pending(
  slug: string,
  input: SignatureInput = individual({ email: email() }),
  network?: string,
) {
  await signLetter({ slug, locale: "en", input, now: NOW, network });
  const { id } = await db.signature.findFirstOrThrow({
    where: { letter: { slug } },
    orderBy: { id: "desc" },
  });
  return id;
}

async function approved(slug: string, input: SignatureInput, asExpert = false) {
  const seen = await waitingSignature(slug, input);
  await approveSignature({ admin, seen, asExpert, now: later(5) });
  return seen.signatureId;
}

const countOf = async (letterId: string, changes: Parameters<typeof conditionsOf>[1]) =>
  (await previewInvalidation(admin, conditionsOf(letterId, changes))).count;

describe("very many", () => {
  /** Copies of a signature, as rows alone. */
  const copies = (id: string, count: number) => db.$executeRaw`
    WITH n AS (SELECT gen_random_uuid() AS id, gen_random_uuid() AS party FROM generate_series(1, ${count}::int)),
    p AS (
      INSERT INTO signatory (id, kind, country)
      SELECT n.party, s.kind, s.country FROM n, signature g JOIN signatory s ON s.id = g.signatory_id
      WHERE g.id = ${id}::uuid RETURNING id
    ),
    g AS (
      INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates,
        consent_version, consent_at, submitted_at, lapses_at, mail_paused_until)
      SELECT n.id, g.letter_id, g.letter_version_id, n.party, g.locale, g.state, g.visibility, g.updates,
        g.consent_version, g.consent_at, g.submitted_at, g.lapses_at, g.mail_paused_until
      FROM n, signature g WHERE g.id = ${id}::uuid RETURNING id
    )
    INSERT INTO signature_key (signature_id, wrapped)
    SELECT n.id, k.wrapped FROM n, signature_key k WHERE k.signature_id = ${id}::uuid`;

  it("are chosen up to a number that is said, and no further", async () => {
    const letter = await openLetter();
    const id = await pending(letter.slug);
    for (let part = 0; part < 5; part++) await copies(id, MOST_CHOSEN / 5 - (part === 4 ? 1 : 0));
    const conditions = conditionsOf(letter.id, { states: ["PENDING"], until: later(1).toISOString() });
    const run = async () => {
      const { count, fingerprint } = await previewInvalidation(admin, conditions);
      const asked = { admin, conditions, fingerprint, reason: "Made up.", now: later(2) };
      return { count, asked };
    };
    const all = await run();
    expect(all.count).toBe(MOST_CHOSEN);
    const act = await runInvalidation(all.asked);
    expect(await db.bulkItem.count({ where: { bulkActId: act } })).toBe(MOST_CHOSEN);
    await undoInvalidation({ admin, bulkActId: act, now: later(3) });
    expect(await itemStates(act)).toMatchObject({ SKIPPED: MOST_CHOSEN });
    await copies(id, 1);
    const more = await run();
    expect(more.count).toBe(MOST_CHOSEN + 1);
    await expect(runInvalidation(more.asked)).rejects.toMatchObject({ code: "invalid" });
  }, 60_000);
});

describe("choosing", () => {
  it("takes those that meet every condition, and of marks any", async () => {
    const letter = await openLetter();
    const sign = (domain: string, name: string, network: string) =>
      pending(letter.slug, individual({ email: email(domain), name }), network);
    const one = await sign("bots.example.net", "Botty McFake", "192.0.2.1");
    const two = await sign("bots.example.net", "Zoe Exampleton", "192.0.2.1");
    const three = await sign("example.org", "Ωmega Fake", "192.0.2.7");
    await db.signature.update({ where: { id: one }, data: { flags: ["burst"] } });
    await db.signature.update({
      where: { id: two },
      data: { quarantine: "UNPROVEN", submittedAt: later(10) },
    });
    const count = (changes: Parameters<typeof conditionsOf>[1]) => countOf(letter.id, changes);
    expect(await count({ domains: ["bots.example.net"] })).toBe(2);
    expect(await count({ domains: ["bots.example.net", "example.org"] })).toBe(3);
    expect(await count({ domains: ["bots.example"] })).toBe(0);
    const [busy, quiet] = [await alike(admin, one), await alike(admin, three)];
    expect(busy).toMatchObject({ network: { others: 1 }, domain: { domain: "bots.example.net", others: 1 } });
    expect(quiet).toMatchObject({ network: { others: 0 }, domain: { domain: "example.org", others: 0 } });
    expect(quiet?.network?.code).toMatch(/^[0-9A-F]{10}$/);
    expect(await count({ networks: [quiet?.network?.code ?? ""] })).toBe(1);
    expect(await count({ networks: [busy?.network?.code ?? ""] })).toBe(2);
    expect(await count({ flags: ["burst", "watched"] })).toBe(1);
    expect(await count({ flags: ["burst"], quarantines: ["UNPROVEN"] })).toBe(2);
    expect(await count({ flags: ["watched"] })).toBe(0);
    expect(await count({ from: later(10).toISOString() })).toBe(1);
    expect(await count({ until: later(10).toISOString() })).toBe(2);
    expect(await count({ asOf: later(9).toISOString() })).toBe(2);
    expect(await count({ text: "FAKE" })).toBe(2);
    expect(await count({ text: "ωMEGA f" })).toBe(1);
    expect(await count({ text: "university" })).toBe(3);
    const { origins } = await previewInvalidation(admin, conditionsOf(letter.id));
    expect(origins.domains).toEqual([{ domain: "bots.example.net", count: 2 }]);
    expect(origins.networks).toEqual([{ code: busy?.network?.code, count: 2 }]);
    expect(await count({ text: "%" })).toBe(0);
    expect(await count({ domains: ["bots.example.net"], text: "zoe" })).toBe(1);
    expect(await count({ states: ["VERIFIED", "APPROVED"] })).toBe(0);
    const other = await openLetter();
    expect(await countOf(other.id, {})).toBe(0);
  });

  it("leaves out what was decided, withdrawn or set apart already", async () => {
    const letter = await openLetter();
    const seen = await waitingSignature(letter.slug, individual({ email: email() }));
    await rejectSignature({ admin, seen, reason: "no", now: NOW });
    await waitingSignature(letter.slug, individual({ email: "gone@example.org" }));
    await withdrawSignatures({ email: "gone@example.org", now: NOW });
    const apart = await pending(letter.slug);
    await db.signature.update({ where: { id: apart }, data: { quarantine: "INVALIDATED" } });
    expect(await countOf(letter.id, {})).toBe(0);
  });

  it("shows the exact number by state and a sample of 20 at most", async () => {
    const letter = await openLetter();
    for (let place = 0; place < 23; place++) await pending(letter.slug);
    const id = await approved(letter.slug, organisation({ email: email() }));
    const preview = await previewInvalidation(admin, conditionsOf(letter.id));
    expect(preview).toMatchObject({ count: 24, states: { PENDING: 23, APPROVED: 1 } });
    expect(preview.sample).toHaveLength(20);
    expect(new Set(preview.sample.map((line) => line.id)).size).toBe(20);
    const { sample } = await previewInvalidation(admin, conditionsOf(letter.id, { states: ["APPROVED"] }));
    expect(sample).toMatchObject([{ id, name: "Example Foundation", country: "GB", state: "APPROVED" }]);
  });
});

describe("running", () => {
  it("rejects what was verified or approved, sets apart what was not, and mails nobody", async () => {
    const letter = await openLetter();
    const unverified = await pending(letter.slug);
    const waiting = await waitingSignature(letter.slug, individual({ email: email() }));
    const listed = await approved(letter.slug, organisation({ email: email() }));
    const expert = await approved(
      letter.slug,
      individual({ email: email(), country: "FR", visibility: "WITHHELD" }),
      true,
    );
    const mails = (await queuedMails()).length;
    const act = await begin(admin, conditionsOf(letter.id), "an unmistakable reason");
    expect((await stored(waiting.signatureId)).state).toBe("VERIFIED");
    await workOff(act);
    for (const id of [waiting.signatureId, listed, expert]) {
      expect(await stored(id)).toMatchObject({
        state: "REJECTED",
        decidedAt: later(62),
        publishedAt: null,
        listing: null,
        signatory: { name: null, website: null, folded: null },
      });
    }
    expect(await stored(unverified)).toMatchObject({
      state: "PENDING",
      quarantine: "INVALIDATED",
      revision: 1,
    });
    expect(await readTally(db, letter.id)).toMatchObject({ total: 0, experts: 0, withheldIndividuals: 0 });
    expect(await recount(false, NOW)).toEqual([]);
    expect(await db.bulkAct.findUniqueOrThrow({ where: { id: act } })).toMatchObject({
      state: "DONE",
      total: 4,
      doneAt: later(62),
    });
    expect((await queuedMails()).length).toBe(mails);
    expect(JSON.stringify(await db.bulkAct.findMany())).not.toContain("unmistakable");
    expect(await db.letter.findUniqueOrThrow({ where: { id: letter.id } })).toMatchObject({
      updatedAt: later(62),
    });
  });

  it("writes an audit entry for the act and for every signature, with the reason sealed", async () => {
    const letter = await openLetter();
    const [waiting, unverified] = [
      await waitingSignature(letter.slug, individual({ email: email() })),
      await pending(letter.slug),
    ];
    const act = await begin(admin, conditionsOf(letter.id), "an unmistakable reason");
    await workOff(act);
    const entries = await db.auditEntry.findMany({ where: { letterId: letter.id, actor: "ADMIN" } });
    expect(entries.map(({ action, signatureId }) => [action, signatureId]).sort()).toEqual(
      [
        ["bulk.run", null],
        ["signature.invalidate", waiting.signatureId],
        ["signature.set-apart", unverified],
      ].sort(),
    );
    expect(entries.every(({ adminId }) => adminId === admin.id)).toBe(true);
    expect(JSON.stringify(entries)).not.toContain("unmistakable");
    const { wrapped } = await db.signatureKey.findUniqueOrThrow({
      where: { signatureId: waiting.signatureId },
    });
    const key = openDataKey(waiting.signatureId, wrapped);
    const [last] = await signatureHistory(admin, waiting.signatureId, key);
    expect(last).toMatchObject({
      action: "signature.invalidate",
      by: "mona@example.org",
      changes: [{ field: "reason", before: null, after: "an unmistakable reason" }],
    });
  });

  it("refuses a choice that is not the one that was previewed, an empty one, and a reader", async () => {
    const letter = await openLetter();
    const conditions = conditionsOf(letter.id);
    const run = (fingerprint: string, by = admin) =>
      runInvalidation({ admin: by, conditions, fingerprint, reason: "x", now: NOW });
    const { fingerprint: empty } = await previewInvalidation(admin, conditions);
    await expect(run(empty)).rejects.toMatchObject({ code: "invalid" });
    const seen = await waitingSignature(letter.slug, individual({ email: email() }));
    await expect(run(empty)).rejects.toMatchObject({ code: "conflict" });
    const { fingerprint } = await previewInvalidation(admin, conditions);
    await approveSignature({ admin, seen, asExpert: false, now: NOW });
    await expect(run(fingerprint)).rejects.toMatchObject({ code: "conflict" });
    const reader = await moderator("reader@example.org", "READER");
    await expect(previewInvalidation(reader, conditions)).rejects.toMatchObject({ code: "forbidden" });
    const now = await previewInvalidation(admin, conditions);
    await expect(run(now.fingerprint, reader)).rejects.toMatchObject({ code: "forbidden" });
    expect(await db.bulkAct.count({ where: { letterId: letter.id } })).toBe(0);
    expect(await db.bulkItem.count({ where: { signatureId: seen.signatureId } })).toBe(0);
  });

  it("is about those that were chosen and no later ones, and about what was seen of them", async () => {
    const letter = await openLetter();
    const [confirmed, decided] = [
      await pending(letter.slug),
      await waitingSignature(letter.slug, individual({ email: email() })),
    ];
    const act = await begin(admin, conditionsOf(letter.id));
    const late = await pending(letter.slug);
    await confirmSignature({ token: await queuedToken(confirmed), revision: 1, now: NOW });
    await approveSignature({ admin, seen: decided, asExpert: false, now: NOW });
    await workOff(act);
    expect(await stored(late)).toMatchObject({ state: "PENDING", quarantine: null });
    expect((await stored(confirmed)).state).toBe("REJECTED");
    expect((await stored(decided.signatureId)).state).toBe("APPROVED");
    expect(await itemStates(act)).toEqual({ DONE: 1, SKIPPED: 1 });
  });

  it("goes on where a worker died, and changes each signature once", async () => {
    const letter = await openLetter();
    for (let place = 0; place < BATCH + 7; place++) await pending(letter.slug);
    const act = await begin(admin, conditionsOf(letter.id));
    expect(await continueBulkAct({ bulkActId: act, now: NOW })).toBe(true);
    expect(await itemStates(act)).toEqual({ DONE: BATCH, WAITING: 7 });
    await Promise.all([workOff(act), workOff(act), workOff(act)]);
    expect(await itemStates(act)).toEqual({ DONE: BATCH + 7 });
    const entries = { letterId: letter.id, action: "signature.set-apart" };
    expect(await db.auditEntry.count({ where: entries })).toBe(BATCH + 7);
  });
});

describe("undoing", () => {
  it("brings back exactly what was", async () => {
    const letter = await openLetter();
    const apart = await pending(letter.slug);
    await db.signature.update({ where: { id: apart }, data: { quarantine: "UNPROVEN" } });
    await pending(letter.slug);
    const waiting = await waitingSignature(letter.slug, individual({ email: email() }));
    const flags = { flags: ["burst"], quarantine: "BLOCKED" } as const;
    await db.signature.update({ where: { id: waiting.signatureId }, data: { ...flags, flags: ["burst"] } });
    await approved(letter.slug, organisation({ email: email() }));
    await approved(letter.slug, organisation({ email: email(), country: "FR", visibility: "WITHHELD" }));
    await approved(letter.slug, individual({ email: email() }), true);
    const before = await standingDump(letter.id);
    const act = await begin(admin, conditionsOf(letter.id));
    await workOff(act);
    expect(await standingDump(letter.id)).not.toBe(before);
    const mails = (await queuedMails()).length;
    await undo(admin, act);
    expect(await standingDump(letter.id)).toBe(before);
    expect(await recount(false, NOW)).toEqual([]);
    expect(await itemStates(act)).toEqual({ UNDONE: 6 });
    expect(await db.bulkAct.findUniqueOrThrow({ where: { id: act } })).toMatchObject({
      state: "UNDONE",
      undoneById: admin.id,
      undoneAt: later(91),
    });
    expect((await queuedMails()).length).toBe(mails);
    const actions = { letterId: letter.id, action: { in: ["bulk.undo", "signature.reinstate"] } };
    expect(await db.auditEntry.count({ where: actions })).toBe(7);
  });

  it("keeps what somebody has touched since, and whose place or person is gone", async () => {
    const letter = await openLetter();
    const listed = await approved(letter.slug, organisation({ email: email() }));
    const again = await waitingSignature(letter.slug, organisation({ email: email() }));
    const act = await begin(admin, conditionsOf(letter.id, { states: ["APPROVED"] }));
    const others = [
      await waitingSignature(letter.slug, individual({ email: email() })),
      await waitingSignature(letter.slug, individual({ email: "erased@example.org" })),
    ];
    await workOff(act);
    await approveSignature({ admin, seen: again, asExpert: false, now: NOW });
    const [touched, erased] = others.map(({ signatureId }) => signatureId) as [string, string];
    const second = await begin(admin, conditionsOf(letter.id, { states: ["VERIFIED"] }));
    await workOff(second);
    await approveSignature({ admin, seen: await seeNow(touched), asExpert: false, now: NOW });
    await withdrawSignatures({ email: "erased@example.org", now: NOW });
    for (const each of [act, second]) await undo(admin, each);
    const kept = await db.bulkItem.findMany({ where: { bulkActId: { in: [act, second] } } });
    const why = new Map(
      kept.map(({ signatureId, state, before }) => [
        signatureId,
        [state, (before as { kept?: string }).kept],
      ]),
    );
    expect(why.get(listed)).toEqual(["KEPT", "listed-elsewhere"]);
    expect(why.get(touched)).toEqual(["KEPT", "moved-on"]);
    expect(why.get(erased)).toEqual(["KEPT", "moved-on"]);
    expect((await stored(listed)).state).toBe("REJECTED");
    expect((await stored(touched)).state).toBe("APPROVED");
    expect((await stored(erased)).state).toBe("WITHDRAWN");
    expect(await recount(false, NOW)).toEqual([]);
  });

  it("leaves a rejection that a moderator has made since, though it looks like the act's own", async () => {
    const letter = await openLetter();
    const { signatureId } = await waitingSignature(letter.slug, individual({ email: email() }));
    const act = await begin(admin, conditionsOf(letter.id));
    await workOff(act);
    await approveSignature({ admin, seen: await seeNow(signatureId), asExpert: false, now: later(70) });
    await rejectSignature({ admin, seen: await seeNow(signatureId), reason: "looked again", now: later(71) });
    await undo(admin, act);
    expect(await stored(signatureId)).toMatchObject({ state: "REJECTED", decidedAt: later(71) });
    expect(await itemStates(act)).toEqual({ KEPT: 1 });
  });

  it("lets out of quarantine also what was confirmed meanwhile, unless a moderator did", async () => {
    const letter = await openLetter();
    const [confirmed, released] = [await pending(letter.slug), await pending(letter.slug)];
    const act = await begin(admin, conditionsOf(letter.id));
    await workOff(act);
    for (const id of [confirmed, released])
      await confirmSignature({ token: await queuedToken(id), revision: 1, now: NOW });
    expect(await stored(confirmed)).toMatchObject({ state: "VERIFIED", quarantine: "INVALIDATED" });
    await db.signature.update({ where: { id: released }, data: { quarantine: null } });
    await undo(admin, act);
    expect(await stored(confirmed)).toMatchObject({ state: "VERIFIED", quarantine: null, revision: 2 });
    expect(await stored(released)).toMatchObject({ state: "VERIFIED", revision: 1 });
    expect(await itemStates(act)).toEqual({ UNDONE: 1, KEPT: 1 });
  });

  it("stops an act that still runs, and happens once", async () => {
    const letter = await openLetter();
    for (let place = 0; place < BATCH + 3; place++) await pending(letter.slug);
    const before = await standingDump(letter.id);
    const act = await begin(admin, conditionsOf(letter.id));
    await continueBulkAct({ bulkActId: act, now: NOW });
    await undo(admin, act);
    expect(await itemStates(act)).toEqual({ UNDONE: BATCH, SKIPPED: 3 });
    expect(await standingDump(letter.id)).toBe(before);
    await expect(undoInvalidation({ admin, bulkActId: act, now: NOW })).rejects.toMatchObject({
      code: "conflict",
    });
    const reader = await moderator("reader@example.org", "READER");
    const byReader = undoInvalidation({ admin: reader, bulkActId: act, now: NOW });
    await expect(byReader).rejects.toMatchObject({ code: "forbidden" });
  });
});
