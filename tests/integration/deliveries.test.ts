import { v7 as uuid } from "uuid";
import { beforeAll, expect, test } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { hashToken } from "@/lib/encryption/tokens";
import { allowAddress } from "@/lib/mail/allow-address";
import { allowMail } from "@/lib/mail/allow-mail";
import { failedMails } from "@/lib/mail/failed-mails";
import { enqueueMail } from "@/lib/mail/outbox";
import { resendAllMails } from "@/lib/mail/resend-all-mails";
import { resendFailedMail } from "@/lib/mail/resend-failed-mail";
import { settleMails } from "@/lib/mail/sending/settle";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { sweep } from "@/lib/retention/sweep";
import { addressHash, spellingHash } from "@/lib/signatures/claim";
import { erasePersons } from "@/lib/signatures/engine/erase-persons";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter } from "@/tests/support/letters";
import { moderator, waitingSignature } from "@/tests/support/moderators";
import { queuedMails, queuedToken } from "@/tests/support/queued-mails";
import { sendWaiting } from "@/tests/support/send-waiting";
import { suppressSignature } from "@/tests/support/suppressed";

let admin: Admin;
beforeAll(async () => {
  admin = await moderator();
});

const forgetFailed = () => db.mail.deleteMany({ where: { state: "FAILED" } });

let count = 0;
const email = () => `undelivered${++count}@mail.example`;

/** A signature, and its mail that failed. @param waiting whether its mailbox is verified */
async function failed(waiting: boolean, code = "no-mailbox-5.1.1", address = email()) {
  const { id: letterId, slug } = await openLetter();
  const input = individual({ email: address });
  if (waiting) await waitingSignature(slug, input);
  else await signLetter({ slug, locale: "en", input, now: NOW });
  const { id: signatureId } = await db.signature.findFirstOrThrow({ where: { letterId } });
  // Another of the same address waits for a limit; here its mail has left by now.
  const token = waiting ? "" : await queuedToken(signatureId);
  const standing = { message: "signature-standing", signatureId } as const;
  const id = waiting
    ? await db.$transaction((tx) => enqueueMail(tx, standing))
    : ((await queuedMails(signatureId)).at(-1)?.id ?? "");
  await settleMails([{ mail: { id, queuedAt: NOW, unheardAt: null }, is: "failed", code }], later(1));
  return { id, signatureId, letterId, email: address, token };
}

const line = async (id: string, list: "open" | "resent" = "open") =>
  (await failedMails(admin, list)).lines.find((one) => one.id === id);

test("lists a mail that failed with its reason, and the signature where its page shows it", async () => {
  const { id, signatureId } = await failed(true);
  expect(await line(id)).toEqual({
    id,
    message: "signature-standing",
    at: later(1),
    kind: "mailbox",
    code: "no-mailbox-5.1.1",
    resentAt: null,
    resendable: "yes",
    signature: { id: signatureId, name: "Ada Exampleton" },
  });
  const pending = await failed(false, "too-old");
  expect(await line(pending.id)).toMatchObject({ kind: "tooOld", signature: null, resendable: "yes" });
});

test("says no address anywhere", async () => {
  await failed(true);
  await failed(false);
  expect(JSON.stringify(await failedMails(admin, "open"))).not.toMatch(/mail\.example|undelivered\d/);
});

test("sends a mail again once, with who did it", async () => {
  const { id, signatureId, letterId } = await failed(true);
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, () => resendFailedMail({ admin, id, now: later(2) })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  const again = (await queuedMails(signatureId)).filter(({ message }) => message === "signature-standing");
  expect(again).toHaveLength(1);
  expect(await line(id)).toBeUndefined();
  expect(await line(id, "resent")).toMatchObject({ resentAt: later(2), resendable: "resent" });
  expect(await db.auditEntry.findMany({ where: { action: "mail.resend", signatureId } })).toMatchObject([
    { adminId: admin.id, letterId, details: { mail: id, message: "signature-standing" } },
  ]);
});

test("sends a confirmation again with a link that works", async () => {
  const { id, signatureId, token: before } = await failed(false);
  await resendFailedMail({ admin, id, now: later(60 * 24 * 4) });
  const token = await queuedToken(signatureId);
  expect(token).not.toBe(before);
  const stored = await db.confirmationLink.findUniqueOrThrow({ where: { tokenHash: hashToken(token) } });
  expect(stored.expiresAt.getTime()).toBeGreaterThan(later(60 * 24 * 10).getTime());
});

test("sends nothing again that nobody wants or would get", async () => {
  const suppressed = await failed(true);
  await db.$transaction((tx) => suppressSignature(tx, suppressed.signatureId, "BOUNCED", later(1)));
  expect(await line(suppressed.id)).toMatchObject({ resendable: "suppressed" });
  const erased = await failed(true);
  await db.$transaction((tx) => erasePersons(tx, [erased.signatureId]));
  expect(await line(erased.id)).toMatchObject({ resendable: "over", signature: null });
  const confirmed = await failed(false);
  await db.signature.update({ where: { id: confirmed.signatureId }, data: { state: "VERIFIED" } });
  expect(await line(confirmed.id)).toMatchObject({ resendable: "over" });
  for (const { id } of [suppressed, erased, confirmed]) {
    await expect(resendFailedMail({ admin, id, now: later(2) })).rejects.toMatchObject({ code: "conflict" });
    expect(await line(id)).toMatchObject({ resentAt: null });
  }
  await expect(resendFailedMail({ admin, id: uuid(), now: NOW })).rejects.toMatchObject({
    code: "not-found",
  });
});

test("shows readers no address, and lets them send nothing", async () => {
  const reader = await moderator("reader@example.org", "READER");
  const { id } = await failed(true);
  await expect(failedMails(reader, "open")).rejects.toMatchObject({ code: "forbidden" });
  await expect(resendFailedMail({ admin: reader, id, now: NOW })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("goes through the list page by page", async () => {
  const { signatureId } = await failed(true);
  await forgetFailed();
  await db.mail.createMany({
    data: Array.from({ length: 120 }, (_, number) => ({
      id: uuid(),
      message: "signature-standing",
      signatureId,
      state: "FAILED" as const,
      error: "smtp-550",
      queuedAt: NOW,
      notBefore: NOW,
      doneAt: later(Math.floor(number / 7)),
    })),
  });
  const seen: string[] = [];
  let after: Awaited<ReturnType<typeof failedMails>>["next"] = null;
  do {
    const page = await failedMails(admin, "open", after ?? undefined);
    seen.push(...page.lines.map(({ id }) => id));
    after = page.next;
  } while (after);
  expect(seen).toHaveLength(120);
  expect(new Set(seen).size).toBe(120);
  await forgetFailed();
});

const suppress = (signatureId: string, reason: "BOUNCED" | "COMPLAINED", at = later(1)) =>
  db.$transaction((tx) => suppressSignature(tx, signatureId, reason, at));
const suppressed = (address: string) =>
  db.suppression.count({ where: { spellingHash: spellingHash(address) } });
const flagsOf = async (id: string) => (await db.signature.findUniqueOrThrow({ where: { id } })).flags;

test("lets an address have mail again, by its signature's page, once and with who did it", async () => {
  const { id, signatureId, letterId, email: address } = await failed(true);
  await suppress(signatureId, "BOUNCED");
  const other = (await failed(false, "suppressed", address)).signatureId;
  await db.signature.update({ where: { id: other }, data: { flags: ["burst", "bounced"] } });
  expect((await signatureDetail(admin, signatureId))?.suppressed).toEqual({
    reason: "BOUNCED",
    at: later(1),
    allowable: true,
  });
  const allowing = { admin, to: { signatureId }, now: later(2) };
  const both = await Promise.allSettled([allowMail(allowing), allowMail(allowing)]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  expect(await suppressed(address)).toBe(0);
  expect([await flagsOf(signatureId), await flagsOf(other)]).toEqual([[], ["burst"]]);
  const page = await signatureDetail(admin, signatureId);
  expect(page?.suppressed).toBeNull();
  expect(page?.flags).toEqual([]);
  const audit = await db.auditEntry.findMany({ where: { action: "mail.allow", signatureId } });
  expect(audit).toMatchObject([{ adminId: admin.id, letterId, at: later(2) }]);
  expect(await line(id)).toMatchObject({ resendable: "yes" });
  await resendFailedMail({ admin, id, now: later(3) });
});

test("lets an address have mail again by an undelivered mail whose signature nobody sees", async () => {
  const { id, signatureId, email: address } = await failed(false, "suppressed");
  await suppress(signatureId, "COMPLAINED");
  expect(await line(id)).toMatchObject({ resendable: "suppressed", signature: null });
  await allowMail({ admin, to: { mailId: id }, now: later(2) });
  expect(await suppressed(address)).toBe(0);
  expect(await line(id)).toMatchObject({ resendable: "yes" });
  await resendFailedMail({ admin, id, now: later(3) });
  const [again] = (await queuedMails(signatureId)).slice(-1);
  await sendWaiting([again?.id ?? ""], later(3));
  // It was handed to the provider.
  expect(await db.mail.findUnique({ where: { id: again?.id ?? "" } })).toMatchObject({
    rendered: expect.any(String),
  });
});

test("lets nobody allow mail without the right, to nobody, or to one who was erased", async () => {
  const { id, signatureId, email: address } = await failed(true);
  await suppress(signatureId, "COMPLAINED");
  const reader = await moderator("reader@example.org", "READER");
  for (const to of [{ signatureId }, { mailId: id }])
    await expect(allowMail({ admin: reader, to, now: NOW })).rejects.toMatchObject({ code: "forbidden" });
  expect(await suppressed(address)).toBe(1);
  await db.$transaction((tx) => erasePersons(tx, [signatureId]));
  for (const to of [{ signatureId }, { mailId: id }, { signatureId: uuid() }, { mailId: uuid() }])
    await expect(allowMail({ admin, to, now: NOW })).rejects.toMatchObject({ code: "not-found" });
});

test("lets an address have mail again by the command line, in any spelling, also without a signature", async () => {
  const { signatureId, email: address } = await failed(false);
  await suppress(signatureId, "BOUNCED");
  await db.$transaction((tx) => erasePersons(tx, [signatureId]));
  const spelling = address.toUpperCase().replace("@", "+x@");
  expect(await allowAddress({ email: spelling, now: later(2) })).toBe(true);
  expect(await suppressed(address)).toBe(0);
  expect(await allowAddress({ email: spelling, now: later(2) })).toBe(false);
  const audit = await db.auditEntry.findMany({ where: { action: "mail.allow", actor: "SYSTEM" } });
  expect(audit).toMatchObject([{ signatureId: null, details: {} }]);
});

test("forgets complaints after 90 days and bounces after 180, and leaves the flag", async () => {
  const [bounced, complained] = [await failed(true), await failed(true)];
  await suppress(bounced.signatureId, "BOUNCED", NOW);
  await suppress(complained.signatureId, "COMPLAINED", NOW);
  const left = async (days: number) => {
    await sweep(later(days * 24 * 60 + 1));
    return [await suppressed(bounced.email), await suppressed(complained.email)];
  };
  expect(await left(89)).toEqual([1, 1]);
  expect(await left(90)).toEqual([1, 0]);
  expect(await left(179)).toEqual([1, 0]);
  expect(await left(180)).toEqual([0, 0]);
  expect(await flagsOf(bounced.signatureId)).toContain("bounced");
});

test("sends all again that somebody wants and would get, one to each address, with one line in the log", async () => {
  await forgetFailed();
  const twice = email();
  const [pending, news, older, newer] = [
    await failed(false, "too-old"),
    await failed(true, "too-old"),
    await failed(true, "too-old", twice),
    await failed(true, "too-old", twice),
  ];
  const [unwanted, gone] = [await failed(false), await failed(true)];
  // It may have arrived: whoever has looked at it sends it again by itself.
  const unknown = await failed(true, "unknown");
  expect(await line(unknown.id)).toMatchObject({ kind: "unknown", resendable: "yes" });
  await db.signature.update({ where: { id: unwanted.signatureId }, data: { state: "VERIFIED" } });
  await suppress(gone.signatureId, "BOUNCED");
  await db.addressMail.deleteMany();
  await db.mail.update({ where: { id: older.id }, data: { doneAt: later(0) } });
  const results = await Promise.all([
    resendAllMails({ admin, now: later(60) }),
    resendAllMails({ admin, now: later(60) }),
  ]);
  // Each address once in ten minutes: the second press finds nothing that may leave.
  expect(results.map(({ sent }) => sent).sort()).toEqual([0, 3]);
  expect(results.map(({ left }) => left)).toEqual([1, 1]);
  expect(await resendAllMails({ admin, now: later(70) })).toEqual({ sent: 1, left: 0 });
  for (const { id } of [pending, news, newer])
    expect(await line(id, "resent")).toMatchObject({ resentAt: later(60) });
  expect(await line(older.id, "resent")).toMatchObject({ resentAt: later(70) });
  for (const { id } of [unwanted, gone, unknown]) expect(await line(id)).toMatchObject({ resentAt: null });
  expect(await queuedToken(pending.signatureId)).not.toBe(pending.token);
  const mails = async (id: string) =>
    (await queuedMails(id)).filter(({ message }) => message === "signature-standing").length;
  expect(await Promise.all([news, older, newer].map(({ signatureId }) => mails(signatureId)))).toEqual([
    1, 1, 1,
  ]);
  const audit = await db.auditEntry.findMany({ where: { action: "mail.resend-all" } });
  expect(audit.map(({ details }) => (details as { mails: number }).mails).sort()).toEqual([1, 3]);
  const [pause] = await db.$queryRaw<{ ms: number }[]>`
    SELECT extract(epoch FROM max(t) - min(t))::int * 1000 AS ms FROM address_mail, unnest(sent_at) t
    WHERE address_hash = ${addressHash(twice)} AND t >= ${later(60)}`;
  expect(pause?.ms).toBe(10 * 60_000);
});

test("sends no address more than it may get in a day, and says what is left", async () => {
  await forgetFailed();
  const address = email();
  for (let number = 0; number < 3; number++) await failed(true, "too-old", address);
  // Their own confirmations are a day old, and count no more.
  const at = later(60 * 25);
  expect(await resendAllMails({ admin, now: at })).toEqual({ sent: 1, left: 2 });
  const soon = later(60 * 25 + 10);
  expect(await resendAllMails({ admin, now: soon })).toEqual({ sent: 1, left: 1 });
  await db.addressMail.update({
    where: { addressHash: addressHash(address) },
    data: { sentAt: [at, at, at] },
  });
  expect(await resendAllMails({ admin, now: soon })).toEqual({ sent: 0, left: 1 });
  expect(await db.mail.count({ where: { state: "FAILED", resentAt: null } })).toBe(1);
  const reader = await moderator("reader@example.org", "READER");
  await expect(resendAllMails({ admin: reader, now: at })).rejects.toMatchObject({ code: "forbidden" });
});

test("sends a thousand at a time", async () => {
  await forgetFailed();
  const { signatureId } = await failed(true);
  await forgetFailed();
  await db.$executeRaw`
    WITH copies AS (
      INSERT INTO signatory (id, kind, typed)
      SELECT gen_random_uuid(), 'INDIVIDUAL', 'x' FROM generate_series(1, 1005) RETURNING id
    ), signatures AS (
      INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates,
        address_hash, consent_version, consent_at, submitted_at, expires_at)
      SELECT gen_random_uuid(), letter_id, letter_version_id, c.id, locale, 'VERIFIED', visibility, updates,
        'many-' || c.id, consent_version, consent_at, submitted_at, expires_at
      FROM signature, copies c WHERE signature.id = ${signatureId}::uuid RETURNING id
    ), keys AS (INSERT INTO signature_key (signature_id, wrapped) SELECT id, 'x' FROM signatures)
    INSERT INTO mail (id, message, signature_id, state, error, queued_at, not_before, done_at)
    SELECT gen_random_uuid(), 'signature-standing', id, 'FAILED', 'too-old', ${NOW}, ${NOW}, ${NOW} FROM signatures`;
  expect(await resendAllMails({ admin, now: later(60) })).toEqual({ sent: 1_000, left: 5 });
  expect(await resendAllMails({ admin, now: later(61) })).toEqual({ sent: 5, left: 0 });
});
