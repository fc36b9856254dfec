import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { LIMITS } from "@/lib/abuse/limits/limits";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { requestSignIn } from "@/lib/auth/request-sign-in";
import { revokeAdmin } from "@/lib/auth/revoke-admin";
import { db } from "@/lib/db/client";
import { decryptWith } from "@/lib/encryption/cipher";
import { encrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { lookUpOwnRecords } from "@/lib/mail/look-up-own-records";
import { enqueueMail, type NewMail } from "@/lib/mail/outbox";
import { sendTestEmail } from "@/lib/mail/send-test-email";
import { uncreatedMails } from "@/lib/mail/uncreated-mails";
import { todoOf } from "@/lib/moderation/todo";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { decryptMailboxKey } from "@/lib/signatures/confirmation-link";
import { erasePersons } from "@/lib/signatures/engine/erase-persons";
import { behindManageLink } from "@/lib/signatures/own/own-signatures";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter } from "@/tests/support/letters";
import { readMessages } from "@/tests/support/message-files";
import { moderator } from "@/tests/support/moderators";
import { newMail, queuedMails, queuedToken } from "@/tests/support/queued-mails";
import { type ResendStandIn, startResendStandIn } from "@/tests/support/resend-stand-in";
import { sendMail, sendWaiting } from "@/tests/support/send-waiting";

let standIn: ResendStandIn;
beforeAll(async () => {
  standIn = await startResendStandIn();
  process.env.RESEND_API_KEY = "re_test";
  process.env.RESEND_BASE_URL = standIn.url;
});
beforeEach(() => {
  standIn.calls.length = 0;
  standIn.accepted.length = 0;
});
afterAll(() => standIn.stop());

const CANARY = "Qanary";
const typed = {
  name: `${CANARY} Name`,
  title: `${CANARY} Title`,
  position: `${CANARY} Position`,
  affiliation: `${CANARY} Affiliation`,
  website: null,
  orcid: null,
  representativeName: null,
  representativeRole: null,
};

let count = 0;

/** Signs a letter of its own, and gives the signature and its mail. */
async function signed(changes: { locale?: string; visibility?: "PUBLIC" | "WITHHELD" } = {}) {
  const { locale = "en", visibility = "PUBLIC" } = changes;
  const { id: letterId, slug } = await openLetter();
  const email = `zoe${++count}@mail.example`;
  const input = { ...individual({ email, visibility, comment: `${CANARY} Comment` }), signatory: typed };
  await signLetter({ slug, locale, input, now: NOW });
  const { id } = await db.signature.findFirstOrThrow({ where: { letterId } });
  const [mail] = await queuedMails(id);
  if (!mail) throw new Error("no mail");
  return { id, slug, email, mailId: mail.id, confirmation: newMail(mail) };
}

const send = (mail: NewMail) => sendMail(mail, later(1));
const queue = (mail: NewMail) => db.$transaction((tx) => enqueueMail(tx, mail));

const decide = (
  id: string,
  data: { state: "VERIFIED" | "APPROVED" | "REJECTED" | "WITHDRAWN"; reason?: string },
) => db.signature.update({ where: { id }, data });

async function encryptedReason(id: string, reason: string): Promise<string> {
  const { wrapped } = await db.signatureKey.findUniqueOrThrow({ where: { signatureId: id } });
  return encrypt(decryptDataKey(id, wrapped), "signature.reason", reason);
}

test("sends the confirmation to the mailbox with its link, once, and records it", async () => {
  const { id, email, confirmation } = await signed();
  const token = await queuedToken(id);
  const sent = await send(confirmation);
  expect(sent).toMatchObject({
    message: "confirm-signature",
    state: "SENT",
    doneAt: later(1),
    // What it said is forgotten.
    payload: null,
    rendered: null,
  });
  expect(sent?.providerId).toMatch(/^00000000-/);
  expect(standIn.accepted).toMatchObject([
    {
      to: email,
      from: '"Example Coalition via letters.test" <letters@letters.test>',
      subject: "Please confirm: “Example Letter”",
    },
  ]);
  expect(standIn.accepted[0]?.text).toContain(`\nhttp://letters.test/signatures/${token}/confirm\n`);
  expect(standIn.accepted[0]?.text).toContain("Example Coalition\n\nExample Letter");
  expect(standIn.accepted[0]?.tags).toEqual([{ name: "mail", value: sent?.id }]);

  await sendWaiting([sent?.id ?? ""], later(2));
  expect(standIn.calls).toHaveLength(1);
});

test("writes in the language of the signature, with links into it", async () => {
  const { id, confirmation } = await signed({ locale: "ar" });
  await send(confirmation);
  expect(standIn.accepted[0]?.subject).toBe("يرجى التأكيد: «Example Letter»");
  expect(standIn.accepted[0]?.text).toContain(
    `\nhttp://letters.test/ar/signatures/${await queuedToken(id)}/confirm\n`,
  );
});

test("says nothing that a visitor typed, in any mail", async () => {
  for (const locale of ["en", "ar"]) {
    const { id, confirmation } = await signed({ locale });
    await send(confirmation);
    await decide(id, { state: "VERIFIED" });
    await send({ message: "signature-standing", signatureId: id });
    await send({ message: "signature-corrected", signatureId: id });
    await decide(id, { state: "APPROVED" });
    const { signatoryId } = await db.signature.findUniqueOrThrow({ where: { id } });
    await db.signatory.update({ where: { id: signatoryId }, data: { expert: true } });
    for (const message of [
      "signature-standing",
      "signature-approved",
      "signature-corrected",
      "signature-expert",
    ] as const) {
      await send({ message, signatureId: id });
      const prefix = locale === "en" ? "" : "/ar";
      const [, token = ""] = /\/signatures\/([\w-]+)\n/.exec(standIn.accepted.at(-1)?.text ?? "") ?? [];
      expect(standIn.accepted.at(-1)?.text).toContain(`http://letters.test${prefix}/signatures/${token}\n`);
      expect(await behindManageLink(token, locale, NOW)).toMatchObject({
        state: "open",
        signatures: expect.arrayContaining([expect.objectContaining({ id })]),
      });
    }
    await decide(id, { state: "REJECTED", reason: await encryptedReason(id, "No such charity") });
    for (const message of ["signature-standing", "signature-rejected"] as const) {
      await send({ message, signatureId: id });
      expect(standIn.accepted.at(-1)?.text).toContain("No such charity");
    }
  }
  expect(standIn.accepted).toHaveLength(18);
  for (const { to, ...said } of standIn.accepted)
    expect(JSON.stringify(said)).not.toMatch(/qanary|mail\.example|zoe/i);
});

test("ends quietly where the person was erased or there is nothing to say any more", async () => {
  const { id, confirmation } = await signed();
  await confirmSignature({ id, token: await queuedToken(id), revision: 1, now: later(1) });
  await send(confirmation);
  await send({ message: "signature-approved", signatureId: id });
  await send({ message: "signature-rejected", signatureId: id });
  await send({ message: "signature-expert", signatureId: id });
  await decide(id, { state: "WITHDRAWN" });
  await send({ message: "signature-standing", signatureId: id });
  await send({ message: "signature-corrected", signatureId: id });
  const erased = await signed();
  await db.$transaction((tx) => erasePersons(tx, [erased.id]));
  await send(erased.confirmation);
  expect(standIn.calls).toEqual([]);
  const recorded = { signatureId: { in: [id, erased.id] }, state: { not: "WAITING" as const } };
  expect(await db.mail.count({ where: recorded })).toBe(0);
});

test("sends no link that would not work", async () => {
  const { confirmation } = await signed();
  const week = 7 * 24 * 60;
  await sendMail(confirmation, later(week + 1));
  expect(standIn.calls).toEqual([]);
});

test("records a permanent failure and does not ask for another attempt", async () => {
  const { confirmation } = await signed();
  standIn.next({ status: 422, name: "validation_error" });
  expect(await send(confirmation)).toMatchObject({
    state: "FAILED",
    error: "validation_error",
    providerId: null,
    payload: null,
    rendered: null,
  });
});

test("tries again after a temporary failure, with the same bytes, and records nothing before it has an outcome", async () => {
  const { id, mailId } = await signed();
  standIn.next({ status: 500, name: "internal_server_error" });
  expect(await sendWaiting([mailId], later(1))).toMatchObject([{ state: "WAITING", doneAt: null }]);
  // Whatever it would say by now.
  await db.letter.updateMany({ data: { organiserName: "Another Organiser" } });
  expect(await sendWaiting([mailId], later(2))).toMatchObject([{ state: "SENT", error: null }]);
  expect(standIn.calls[1]?.body).toBe(standIn.calls[0]?.body);
  expect(id).toBeTruthy();
});

test("keeps what a call said encrypted under the key of each one's mailbox until it is accepted", async () => {
  const { id, email, mailId } = await signed();
  standIn.next({ status: 500, name: "internal_server_error" });
  const [row] = await sendWaiting([mailId], later(1));
  expect(JSON.stringify(row)).not.toMatch(/signatures\/|mail\.example|Example/);
  const { mailboxHash } = await db.signature.findUniqueOrThrow({ where: { id } });
  const { hash, wrapped } = await db.mailbox.findUniqueOrThrow({ where: { hash: mailboxHash ?? "" } });
  const bytes = decryptWith(decryptMailboxKey(hash, wrapped), "mail.rendered", row?.rendered ?? "");
  expect(inflateRawSync(bytes).toString("utf8")).toContain(email);
});

test("sends several mails in one call, and none again that was sent", async () => {
  const people = [await signed(), await signed(), await signed()];
  const ids = people.map(({ mailId }) => mailId);
  const rows = await sendWaiting(ids, later(1));
  await sendWaiting(ids, later(2));
  expect(standIn.calls.map(({ path }) => path)).toEqual(["/emails/batch"]);
  expect(standIn.accepted.map(({ to }) => to)).toEqual(people.map(({ email }) => email));
  expect(rows.map(({ state }) => state)).toEqual(["SENT", "SENT", "SENT"]);
  expect(new Set(rows.map(({ providerId }) => providerId)).size).toBe(3);
});

test("holds up no mail for one that cannot be read", async () => {
  const [unreadable, other] = [await signed(), await signed()];
  await db.signature.update({ where: { id: unreadable.id }, data: { address: "x1.own.garbage" } });
  const reports: string[] = [];
  const rows = await sendWaiting([unreadable.mailId, other.mailId], later(1), (line) => reports.push(line));
  expect(standIn.accepted.map(({ to }) => to)).toEqual([other.email]);
  expect(reports).toEqual(["A mail cannot be read: EncryptionError."]);
  expect(rows.map(({ state }) => state)).toEqual(["WAITING", "SENT"]);
});

test("names every kind of mail on the page of those that failed", () => {
  const keys = [...readMessages("en").keys()];
  const kinds = keys.flatMap((key) => /^mail\.((?!discreet-)[^.]+)\.subject$/.exec(key)?.[1] ?? []);
  expect(kinds).toContain("confirm-signature");
  expect(kinds.filter((kind) => !keys.includes(`mails.message.${kind}`))).toEqual([]);
});

test("says on the page of emails which of them cannot be created, and no more once they are sent", async () => {
  const admin = await moderator();
  const { id, mailId } = await signed();
  const { address } = await db.signature.findUniqueOrThrow({ where: { id } });
  const shown = async () =>
    (await uncreatedMails(admin)).find(
      ({ message, code }) => message === "confirm-signature" && code === "unreadable",
    )?.count ?? 0;
  const before = await shown();
  const failed = (await todoOf(admin, 0, NOW)).emails;
  await db.signature.update({ where: { id }, data: { address: "x1.own.garbage" } });
  await sendWaiting([mailId], later(1));
  expect(await shown()).toBe(before + 1);
  expect((await todoOf(admin, 0, NOW)).emails).toBe(failed + 1);
  await db.signature.update({ where: { id }, data: { address } });
  // Now it is the provider that it waits for.
  standIn.next({ status: 500, name: "internal_server_error" });
  const [row] = await sendWaiting([mailId], later(2));
  expect([row?.state, await shown()]).toEqual(["WAITING", before]);
});

test("mails a sign-in link to an administrator, and to nobody who is none any more", async () => {
  await grantAdmin("mona@example.org", NOW);
  for (const email of ["Admin@Example.org", "mona@example.org"])
    await requestSignIn({ email, locale: "en", now: NOW });
  await revokeAdmin("mona@example.org", NOW);
  const queued = (await queuedMails()).filter(({ message }) => message === "admin-sign-in");
  expect(queued).toHaveLength(2);
  await sendWaiting(
    queued.map(({ id }) => id),
    later(1),
  );
  expect(standIn.accepted).toHaveLength(1);
  expect(standIn.accepted[0]).toMatchObject({ to: "admin@example.org", subject: "Your sign-in link" });
  expect(standIn.accepted[0]?.text).toMatch(/\nhttp:\/\/letters\.test\/admin\/sign-in\/[0-9a-z]{25}\n/);

  const [first] = queued;
  if (first) await sendWaiting([await queue(newMail(first))], later(11));
  expect(standIn.accepted).toHaveLength(1);
});

test("comes from the letter's organisers, and answers go to its contact", async () => {
  const { slug, confirmation } = await signed();
  await db.letter.update({
    where: { slug },
    data: {
      otherOrganisers: [{ name: "Second, Trust", url: null }],
      contact: "us@coalition.example",
    },
  });
  await send(confirmation);
  expect(standIn.accepted[0]).toMatchObject({
    from: '"Example Coalition and Second, Trust via letters.test" <letters@letters.test>',
    reply_to: "us@coalition.example",
    subject: "Please confirm: “Example Letter”",
  });
  expect(standIn.accepted[0]?.text).toContain("From Example Coalition and Second, Trust");
  expect(standIn.accepted[0]?.text).toContain("Contact: us@coalition.example");
});

test("shows an owner how mails arrive, at their own address alone, so often in an hour", async () => {
  const owner = await moderator("owner@test-mail.example", "OWNER");
  await expect(sendTestEmail(await moderator("mod@test-mail.example"), "en")).rejects.toMatchObject({
    code: "forbidden",
  });
  for (let sent = 0; sent < LIMITS.testEmails.points; sent++) await sendTestEmail(owner, "en");
  await expect(sendTestEmail(owner, "en")).rejects.toMatchObject({ code: "too-many" });
  const queued = (await queuedMails()).filter(({ message }) => message === "test-email");
  expect(queued).toHaveLength(LIMITS.testEmails.points);
  expect(JSON.stringify(queued)).not.toContain("owner@");
  await sendWaiting([queued[0]?.id ?? ""], later(1));
  expect(standIn.accepted).toMatchObject([{ to: "owner@test-mail.example", subject: "This is a test" }]);
});

test("looks nothing up for a domain that no name server may know", async () => {
  expect((await lookUpOwnRecords()).map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown"]);
  const names: string[] = [];
  await lookUpOwnRecords(async (name) => {
    names.push(name);
    return [];
  });
  expect(names).toEqual(["send.letters.test", "resend._domainkey.letters.test", "_dmarc.letters.test"]);
});
