import { v7 as uuid } from "uuid";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { failedMails } from "@/lib/mail/failed-mails";
import { resendFailedMail } from "@/lib/mail/resend-failed-mail";
import { settleMails } from "@/lib/mail/sending/settle";
import { suppressionOf } from "@/lib/mail/suppress-address";
import { takeInEvent } from "@/lib/mail/take-in-event";
import { erasePersons } from "@/lib/signatures/engine/erase-persons";
import { signLetter } from "@/lib/signatures/sign-letter";
import { providerEvent, TRANSIENT } from "@/tests/fixtures/provider-events";
import { individual, later, NOW, openLetter } from "@/tests/support/letters";
import { moderator, waitingSignature } from "@/tests/support/moderators";
import { queuedMails, queuedToken } from "@/tests/support/queued-mails";
import { sendMail } from "@/tests/support/send-waiting";
import { signedEvent, WEBHOOK_SECRET } from "@/tests/support/signed-event";

beforeAll(() => {
  process.env.RESEND_WEBHOOK_SECRET = WEBHOOK_SECRET;
});

let count = 0;

/** A signature, and the record of a mail about it. */
async function mailed() {
  const { id: letterId, slug } = await openLetter();
  const email = `bounce${++count}@mail.example`;
  await signLetter({ slug, locale: "en", input: individual({ email }), now: NOW });
  const { id: signatureId } = await db.signature.findFirstOrThrow({ where: { letterId } });
  const delivery = { id: uuid(), providerId: uuid() };
  const { spellingHash: recipient, mailboxHash } = await db.signature.findUniqueOrThrow({
    where: { id: signatureId },
  });
  const times = { queuedAt: NOW, notBefore: NOW, doneAt: NOW };
  await db.mail.create({
    data: { ...delivery, ...times, recipient, mailboxHash, message: "confirm-signature", state: "SENT" },
  });
  return { ...delivery, signatureId, email, letterId };
}

const take = (event: Parameters<typeof signedEvent>[0], how?: Parameters<typeof signedEvent>[1]) =>
  takeInEvent(signedEvent(event, how), later(5));

async function standing(signatureId: string) {
  const { flags, spellingHash } = await db.signature.findUniqueOrThrow({ where: { id: signatureId } });
  const suppression = await suppressionOf(spellingHash ?? "");
  const audit = await db.auditEntry.findMany({
    where: { signatureId, action: { in: ["signature.bounce", "signature.complain"] } },
  });
  const actions = audit.map(({ action }) => action);
  return { flags, reason: suppression?.reason, audit: actions.sort().reverse() };
}

test.each(["tag", "provider's identifier"])(
  "marks a signature whose mail bounced for good, and stops further mail (by the %s)",
  async (by) => {
    const { id, providerId, signatureId } = await mailed();
    const mail = by === "tag" ? { tag: id } : { id: providerId };
    expect(await take(providerEvent("email.bounced", mail))).toBe("taken");
    expect(await standing(signatureId)).toEqual({
      flags: ["bounced"],
      reason: "BOUNCED",
      audit: ["signature.bounce"],
    });
    const standingMail = { message: "signature-standing", signatureId } as const;
    await db.signature.update({ where: { id: signatureId }, data: { state: "VERIFIED" } });
    expect(await sendMail(standingMail, later(6))).toMatchObject({ state: "FAILED", error: "suppressed" });
  },
);

test("finds the signature also before our record of the mail", async () => {
  const { signatureId } = await mailed();
  const [mail] = await queuedMails(signatureId);
  await take(providerEvent("email.bounced", { tag: mail?.id }));
  expect((await standing(signatureId)).flags).toEqual(["bounced"]);
});

test.each(["show-proposed", "signature-withdrawn"] as const)(
  "an email of what is about to be shown (%s) that bounced has told nobody",
  async (message) => {
    const { signatureId } = await mailed();
    const about = message === "show-proposed" ? { signatureId } : {};
    const mail = { queuedAt: NOW, notBefore: NOW, doneAt: NOW, message, ...about } as const;
    const [early, sent, complained] = [uuid(), uuid(), uuid()];
    await db.mail.createMany({
      data: [
        { ...mail, id: early, state: "WAITING", doneAt: null },
        { ...mail, id: sent, state: "SENT" },
        { ...mail, id: complained, state: "SENT" },
      ],
    });
    expect(await take(providerEvent("email.bounced", { tag: early }))).toBe("early");
    expect(await take(providerEvent("email.bounced", { tag: sent }, TRANSIENT))).toBe("taken");
    const stateOf = async (id: string) => (await db.mail.findUniqueOrThrow({ where: { id } })).state;
    expect(await stateOf(sent)).toBe("SENT");
    expect(await take(providerEvent("email.bounced", { tag: sent }))).toBe("taken");
    expect(await take(providerEvent("email.complained", { tag: complained }))).toBe("taken");
    expect([await stateOf(sent), await stateOf(complained)]).toEqual(["FAILED", "SENT"]);
  },
);

test("flags every signature from the address that bounced", async () => {
  const { id, signatureId, email } = await mailed();
  const other = await openLetter();
  await signLetter({ slug: other.slug, locale: "en", input: individual({ email }), now: later(1) });
  const { id: second } = await db.signature.findFirstOrThrow({ where: { letterId: other.id } });
  await take(providerEvent("email.suppressed", { tag: id }));
  for (const one of [signatureId, second]) expect((await standing(one)).flags).toEqual(["bounced"]);
});

test("stops further mail to who complained, without a mark", async () => {
  const { id, signatureId } = await mailed();
  await take(providerEvent("email.complained", { tag: id }));
  expect(await standing(signatureId)).toEqual({
    flags: [],
    reason: "COMPLAINED",
    audit: ["signature.complain"],
  });
});

test("is not changed by a repeated event, nor by another one of the same", async () => {
  const { id, signatureId } = await mailed();
  const event = providerEvent("email.bounced", { tag: id });
  const repeated = { id: `msg_${uuid()}` };
  expect(await take(event, repeated)).toBe("taken");
  expect(await Promise.all(Array.from({ length: 8 }, () => take(event, repeated)))).toEqual(
    Array(8).fill("repeated"),
  );
  expect(await take(event)).toBe("taken");
  expect((await standing(signatureId)).audit).toEqual(["signature.bounce"]);
});

test.each([
  ["email.bounced", TRANSIENT],
  ["email.sent", {}],
  ["email.delivered", {}],
  ["email.delivery_delayed", {}],
  ["email.opened", {}],
  ["email.clicked", {}],
  ["contact.created", {}],
  ["something.new", { tags: [1], bounce: "x", email_id: null }],
])("notes %s and changes nothing", async (type, change) => {
  const { id, signatureId } = await mailed();
  expect(await take(providerEvent(type, { tag: id }, change))).toBe("taken");
  expect(await standing(signatureId)).toEqual({ flags: [], reason: undefined, audit: [] });
});

test("lists a mail that the provider took and did not send, and lets it be sent again", async () => {
  const { id, signatureId } = await mailed();
  expect(await take(providerEvent("email.failed", { tag: id }))).toBe("taken");
  const failure = { state: "FAILED", error: "reached_daily_quota", doneAt: later(5), resentAt: null };
  expect(await db.mail.findUnique({ where: { id } })).toMatchObject(failure);
  expect(await standing(signatureId)).toEqual({ flags: [], reason: undefined, audit: [] });
  const admin = await moderator();
  const line = (await failedMails(admin, "open")).lines.find((one) => one.id === id);
  expect(line).toMatchObject({ kind: "refused", code: "reached_daily_quota", resendable: "yes" });
  const before = await queuedToken(signatureId);
  await resendFailedMail({ admin, id, now: later(6) });
  expect(await queuedToken(signatureId)).not.toBe(before);
  // What is said again of it changes nothing.
  expect(await take(providerEvent("email.failed", { tag: id }))).toBe("taken");
  expect(await db.mail.findUnique({ where: { id } })).toMatchObject({ resentAt: later(6) });
});

test("keeps no words of the provider's but a short code", async () => {
  const { id } = await mailed();
  const change = { failed: { reason: "could not reach zoe@canary.example" } };
  await take(providerEvent("email.failed", { tag: id }, change));
  expect(await db.mail.findUnique({ where: { id } })).toMatchObject({
    state: "FAILED",
    error: "failed",
  });
});

test("asks to be told again of a failure that is faster than our own record", async () => {
  const { signatureId } = await mailed();
  const [{ id } = { id: "" }] = await queuedMails(signatureId);
  const event = providerEvent("email.failed", { tag: id });
  const repeated = { id: `msg_${uuid()}` };
  expect(await take(event, repeated)).toBe("early");
  await settleMails(
    [{ mail: { id, queuedAt: NOW, unheardAt: null }, is: "sent", providerId: null }],
    later(5),
  );
  expect(await take(event, repeated)).toBe("taken");
  expect(await db.mail.findUnique({ where: { id } })).toMatchObject({ state: "FAILED" });
});

test("counts a bounce after a complaint as a bounce, for later signatures too", async () => {
  const { id, signatureId, email } = await mailed();
  await take(providerEvent("email.complained", { tag: id }));
  await take(providerEvent("email.bounced", { tag: id }));
  expect(await standing(signatureId)).toEqual({
    flags: ["bounced"],
    reason: "BOUNCED",
    audit: ["signature.complain", "signature.bounce"],
  });
  const { slug } = await openLetter();
  const next = await waitingSignature(slug, individual({ email }));
  expect((await standing(next.signatureId)).flags).toContain("bounced");
  // And a complaint after it changes nothing.
  await take(providerEvent("email.complained", { tag: id }));
  expect(await standing(signatureId)).toMatchObject({ reason: "BOUNCED" });
});

test("takes an event about somebody else's mail, an administrator's, or one who was erased", async () => {
  const { id, signatureId } = await mailed();
  await db.$transaction((tx) => erasePersons(tx, [signatureId]));
  const before = await db.suppression.count();
  for (const mail of [{ tag: id }, { tag: uuid() }, { tag: "not-ours" }, {}])
    expect(await take(providerEvent("email.bounced", mail))).toBe("taken");
  expect(await db.suppression.count()).toBe(before);
});

test("believes nothing that is not signed, or was signed long ago, or for another", async () => {
  const { id, signatureId } = await mailed();
  const event = providerEvent("email.bounced", { tag: id });
  const good = signedEvent(event);
  const forged: Parameters<typeof takeInEvent>[0][] = [
    { ...good, headers: { ...good.headers, signature: "" } },
    { ...good, headers: { ...good.headers, signature: "v1,AAAA" } },
    { ...good, headers: { ...good.headers, signature: good.headers.signature.replace("v1,", "v1a,") } },
    { ...good, headers: { ...good.headers, id: "msg_other" } },
    { ...good, headers: { ...good.headers, timestamp: "soon" } },
    { ...good, body: good.body.replace("bounced", "BOUNCED") },
    { ...good, body: `${good.body} ` },
    signedEvent(event, { secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }),
    signedEvent(event, { at: Date.now() - 301_000 }),
    signedEvent(event, { at: Date.now() + 302_000 }),
    signedEvent("not JSON"),
    signedEvent("[]"),
    signedEvent(""),
  ];
  for (const one of forged) expect(await takeInEvent(one, later(5))).toBe("forged");
  expect(await standing(signatureId)).toEqual({ flags: [], reason: undefined, audit: [] });
  // Another signature beside it does no harm: svix sends several while a secret is changed.
  const two = { ...good.headers, signature: `v1,AAAA ${good.headers.signature}` };
  expect(await takeInEvent({ ...good, headers: two }, later(5))).toBe("taken");
});
