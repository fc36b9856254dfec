import { v7 as uuid } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { requestSignIn } from "@/lib/auth/request-sign-in";
import { db } from "@/lib/db/client";
import { allowAddress } from "@/lib/mail/allow-address";
import { allowMail } from "@/lib/mail/allow-mail";
import type { NewMail, SignatureMessage } from "@/lib/mail/outbox";
import { resendAllMails } from "@/lib/mail/resend-all-mails";
import { prepareMail } from "@/lib/mail/sending/prepare";
import { behindStopLink, stopEmails } from "@/lib/mail/stop-emails";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { sweep } from "@/lib/retention/sweep";
import { requestManageLink } from "@/lib/signatures/own/request-manage-link";
import { signLetter } from "@/lib/signatures/sign-letter";
import { suppressSignature } from "@/tests/support/suppressed";
import { individual, later, NOW, openLetter } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { newMail, type QueuedMail, queuedMails } from "../support/queued-mails";

let admin: Admin;
beforeAll(async () => {
  admin = await moderator();
});

let count = 0;
const person = () => `person${++count}`;

/** Signs a letter of its own. @returns the signature's id */
async function sign(email: string): Promise<string> {
  const { id: letterId, slug } = await openLetter();
  await signLetter({ slug, locale: "en", input: individual({ email }), now: later(24 * 60 * ++count) });
  return (await db.signature.findFirstOrThrow({ where: { letterId } })).id;
}

type Prepared = Awaited<ReturnType<typeof prepareMail>>;

const NEW = { queuedAt: NOW, batchId: null, place: null, unheardAt: null, rendered: null };
const prepare = (mail: NewMail, now = NOW) => prepareMail({ id: uuid(), mail, ...NEW }, now, () => undefined);
const about = (signatureId: string, message: SignatureMessage) => prepare({ message, signatureId });

/** What becomes of the mail that asks to confirm a signature. */
async function confirmation(signatureId: string): Promise<Prepared> {
  const mail = (await queuedMails(signatureId)).findLast(({ message }) => message === "confirm-signature");
  return prepare(newMail(mail as QueuedMail));
}

const bounce = (signatureId: string) =>
  db.$transaction((tx) => suppressSignature(tx, signatureId, "BOUNCED", NOW));

const SUPPRESSED = { is: "failed", code: "suppressed" };
const headerOf = (prepared: Prepared) =>
  "outgoing" in prepared ? prepared.outgoing.headers?.["List-Unsubscribe"] : undefined;
const tokenIn = (prepared: Prepared) =>
  /\/stop-emails\/([0-9a-z]{25})>$/.exec(headerOf(prepared) ?? "")?.[1] ?? "";

describe("a bounce", () => {
  it.each([
    ["a sub-address", (name: string) => [`${name}+zz@example.org`, `${name}@example.org`]],
    ["a full-width spelling", (name: string) => [`ｖ${name}@example.org`, `v${name}@example.org`]],
  ])("of %s stops mail to that spelling alone", async (_, spell) => {
    const [alias = "", plain = ""] = spell(person());
    const planted = await sign(alias);
    const mine = await sign(plain);
    expect(
      (await db.signature.findMany({ where: { id: { in: [planted, mine] } }, distinct: "addressHash" }))
        .length,
    ).toBe(1);
    await bounce(planted);
    expect(await confirmation(planted)).toEqual(SUPPRESSED);
    expect(await confirmation(mine)).toMatchObject({ outgoing: { to: plain } });
    expect(await db.signature.findUnique({ where: { id: mine } })).toMatchObject({ flags: [] });
    await bounce(mine);
    expect(await confirmation(mine)).toEqual(SUPPRESSED);
  });

  it.each([
    ["a dashed alias", (name: string) => [`${name}-zz@yahoo.com`, `${name}@yahoo.com`]],
    ["dots that a provider does not see", (name: string) => [`p.${name}@gmail.com`, `p${name}@gmail.com`]],
    ["another domain of the provider", (name: string) => [`${name}@googlemail.com`, `${name}@gmail.com`]],
  ])("of %s keeps nothing from the plain spelling, to which the mailbox's mails go", async (_, spell) => {
    const [alias = "", plain = ""] = spell(person());
    const planted = await sign(alias);
    const mine = await sign(plain);
    await bounce(planted);
    for (const id of [planted, mine])
      expect(await confirmation(id)).toMatchObject({ outgoing: { to: plain } });
  });

  it("of one case is one of every case, and of every form of the domain", async () => {
    const name = person();
    const [one, other] = [
      await sign(`${name}@BÜCHER.example`),
      await sign(`${name.toUpperCase()}@xn--bcher-kva.example`),
    ];
    await bounce(one);
    expect(await confirmation(other)).toEqual(SUPPRESSED);
  });

  it("counts for a signature from before spellings were kept", async () => {
    const id = await sign(`${person()}@example.org`);
    await db.signature.update({ where: { id }, data: { spellingHash: null } });
    await bounce(id);
    expect(await confirmation(id)).toEqual(SUPPRESSED);
  });
});

describe("mails that visitors can cause", () => {
  it("carry a link that stops them, the same at each attempt, and no other mail does", async () => {
    const id = await sign(`${person()}@example.org`);
    const first = await confirmation(id);
    expect(tokenIn(first)).toHaveLength(25);
    expect(first).toMatchObject({
      outgoing: { text: expect.stringContaining(`/stop-emails/${tokenIn(first)}`) },
    });
    const again = await confirmation(id);
    const bodyOf = (prepared: Prepared) => ("outgoing" in prepared ? { ...prepared.outgoing, id: "" } : null);
    expect(bodyOf(again)).toEqual(bodyOf(first));
    await db.signature.update({ where: { id }, data: { state: "APPROVED" } });
    expect(tokenIn(await about(id, "signature-standing"))).toBe(tokenIn(first));
    for (const message of ["signature-approved", "signature-corrected"] as const) {
      const notice = await about(id, message);
      expect(notice).toMatchObject({
        outgoing: { text: expect.not.stringContaining("stop-emails") },
      });
      expect(headerOf(notice)).toBeUndefined();
    }
  });

  it("stop by the button and not by a look; notices about one's own entry still go, and other spellings too", async () => {
    const name = person();
    const { slug } = await openLetter();
    const seen = await waitingSignature(slug, individual({ email: `${name}@example.org` }));
    const [waiting, other] = [await sign(`${name}@example.org`), await sign(`${name}+x@example.org`)];
    const token = tokenIn(await confirmation(waiting));
    for (let look = 0; look < 3; look++) expect(await behindStopLink(token)).toBe("ready");
    expect(await confirmation(waiting)).toHaveProperty("outgoing");

    await stopEmails({ token, now: NOW });
    await stopEmails({ token, now: NOW });
    expect(await behindStopLink(token)).toBe("stopped");
    expect(await confirmation(waiting)).toEqual(SUPPRESSED);
    expect(await about(seen.signatureId, "signature-standing")).toEqual(SUPPRESSED);
    expect(await confirmation(other)).toHaveProperty("outgoing");
    await approveSignature({ admin, seen, asExpert: true, now: NOW });
    for (const message of ["signature-approved", "signature-corrected", "signature-expert"] as const)
      expect(await about(seen.signatureId, message)).toHaveProperty("outgoing");
    await rejectSignature({ admin, seen: await seeNow(seen.signatureId), reason: "x", now: NOW });
    expect(await about(seen.signatureId, "signature-rejected")).toHaveProperty("outgoing");
    expect(
      await db.auditEntry.count({ where: { action: "signature.stop-emails", signatureId: waiting } }),
    ).toBe(1);
  });

  it("stop, and the owner still gets one link a day to their own signature", async () => {
    const email = `${person()}@example.org`;
    const { slug } = await openLetter();
    const { signatureId } = await waitingSignature(slug, individual({ email }));
    const token = tokenIn(await about(signatureId, "manage-link"));
    await stopEmails({ token, now: NOW });
    const links = () => db.mail.findMany({ where: { signatureId, message: "manage-link" } });
    // Times to come: the outbox knows no others.
    const start = Date.now() + 3_600_000;
    const on = (hours: number) => new Date(start + hours * 3_600_000);
    for (const hours of [0, 6, 23]) {
      await requestManageLink({ email, now: on(hours) });
      const [link, ...more] = await links();
      expect(more).toEqual([]);
      expect(link?.notBefore).toEqual(on(hours === 0 ? 0 : 24));
      if (hours === 0) await db.mail.deleteMany({ where: { id: link?.id ?? "" } });
    }
    const arrived = await about(signatureId, "manage-link");
    expect(arrived).toMatchObject({ outgoing: { to: email } });
    expect(tokenIn(arrived)).toBe(token);
  });

  it("stop beside a bounce, which still keeps everything away, and outlast it", async () => {
    const id = await sign(`${person()}@example.org`);
    await stopEmails({ token: tokenIn(await confirmation(id)), now: NOW });
    await bounce(id);
    await db.signature.update({ where: { id }, data: { state: "APPROVED" } });
    expect(await about(id, "signature-approved")).toEqual(SUPPRESSED);
    await sweep(later(181 * 24 * 60));
    expect(await about(id, "signature-approved")).toHaveProperty("outgoing");
    expect(await about(id, "signature-standing")).toEqual(SUPPRESSED);
  });

  it("are seen to be stopped beside the entry, and allowed again there and by the command line", async () => {
    const email = `${person()}@example.org`;
    const { slug } = await openLetter();
    const { signatureId } = await waitingSignature(slug, individual({ email }));
    const token = tokenIn(await about(signatureId, "signature-standing"));
    const suppressed = { reason: "STOPPED", at: NOW, allowable: true };
    await stopEmails({ token, now: NOW });
    expect((await signatureDetail(admin, signatureId))?.suppressed).toEqual(suppressed);
    await allowMail({ admin, to: { signatureId }, now: NOW });
    expect(await about(signatureId, "signature-standing")).toHaveProperty("outgoing");
    await stopEmails({ token, now: NOW });
    expect(await allowAddress({ email, now: NOW })).toBe(true);
    expect((await signatureDetail(admin, signatureId))?.suppressed).toBeNull();
  });

  it("that failed are not sent again to who stopped them, and notices are", async () => {
    await db.mail.deleteMany({ where: { state: "FAILED" } });
    const id = await sign(`${person()}@example.org`);
    await stopEmails({ token: tokenIn(await confirmation(id)), now: NOW });
    await db.signature.update({ where: { id }, data: { state: "APPROVED" } });
    await db.addressMail.deleteMany();
    const messages = ["signature-standing", "signature-approved"];
    const failed = { state: "FAILED", error: "too-old", queuedAt: NOW, notBefore: NOW, doneAt: NOW } as const;
    await db.mail.createMany({
      data: messages.map((message) => ({ ...failed, id: uuid(), message, signatureId: id })),
    });
    expect(await resendAllMails({ admin, now: NOW })).toEqual({ sent: 1, left: 0 });
    expect((await queuedMails(id)).at(-1)?.message).toBe("signature-approved");
  });
});

it("a link works for half a year after its last mail, and stops nothing where nobody was mailed it", async () => {
  const id = await sign(`${person()}@example.org`);
  const token = tokenIn(await confirmation(id));
  for (const unknown of ["x", "0".repeat(25), token.slice(1)])
    await expect(stopEmails({ token: unknown, now: NOW })).rejects.toMatchObject({ code: "not-found" });
  const end = later(180 * 24 * 60);
  await expect(stopEmails({ token, now: end })).rejects.toMatchObject({ code: "not-found" });
  await sweep(end);
  expect(await db.stopLink.count({ where: { expiresAt: { lte: end } } })).toBe(0);
});

it("a sign-in link still goes to who has stopped mails", async () => {
  const email = "stopper@example.org";
  await moderator(email);
  const id = await sign(email);
  await stopEmails({ token: tokenIn(await confirmation(id)), now: NOW });
  const now = new Date();
  await requestSignIn({ email, locale: "en", now });
  const link = (await queuedMails()).find(({ message }) => message === "admin-sign-in");
  const prepared = await prepare(newMail(link as QueuedMail), now);
  expect(prepared).toMatchObject({ outgoing: { to: email } });
  expect(headerOf(prepared)).toBeUndefined();
});
