import { afterEach, expect, test } from "vitest";
import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { allowAddress } from "@/lib/mail/allow-address";
import { resendAllMails } from "@/lib/mail/resend-all-mails";
import { resendFailedMail } from "@/lib/mail/resend-failed-mail";
import { settleMails } from "@/lib/mail/sending/settle";
import { holdMail } from "@/lib/signatures/ask-for-mail";
import { addressHash, spellingHash } from "@/lib/signatures/claim";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { lockAddress } from "@/lib/signatures/mail-allowance";
import { releaseHeldMails } from "@/lib/signatures/release-held-mails";
import { signLetter } from "@/lib/signatures/sign-letter";
import { withdrawSignature } from "@/lib/signatures/withdraw-signature";
import { individual, openLetter } from "@/tests/support/letters";
import { moderator } from "@/tests/support/moderators";

const EMAIL = "ann@races.example";
const FAILED = { state: "FAILED", error: "too-old", doneAt: new Date() } as const;

afterEach(async () => {
  await db.mail.deleteMany();
  await db.addressMail.deleteMany();
  await db.suppression.deleteMany();
});

/** A signature and the mail that waits for its mailbox, addressed as the worker does. */
async function signed() {
  const { id: letterId, slug } = await openLetter({ opensAt: new Date(Date.now() - 60_000) });
  await signLetter({ slug, locale: "en", input: individual({ email: EMAIL }), now: new Date() });
  const { id: signatureId } = await db.signature.findFirstOrThrow({ where: { letterId } });
  const { id } = await db.mail.findFirstOrThrow({
    orderBy: { queuedAt: "desc" },
    where: { state: "WAITING" },
  });
  const mail = await db.mail.update({ where: { id }, data: { recipient: spellingHash(EMAIL) } });
  return { mail, signatureId };
}

/** Does something else while a signature is being withdrawn, which erases its person. @returns what it came to */
async function whileErasing(signatureId: string, other: () => Promise<unknown>): Promise<string> {
  let code = Promise.resolve("");
  await db.$transaction(async (tx) => {
    await lockSubjects(tx, [signatureId]);
    code = other().then(
      () => "done",
      (error: { code?: string }) => error.code ?? String(error),
    );
    await someoneWaits();
    await withdrawSignature(tx, signatureId, "signature.withdraw", bySystem(new Date()));
  });
  return code;
}

/** Until so many transactions wait for a lock. */
async function someoneWaits(many = 1): Promise<void> {
  for (;;) {
    const waiting = await db.$queryRaw<unknown[]>`SELECT 1 FROM pg_locks WHERE NOT granted`;
    if (waiting.length >= many) return;
  }
}

test("sending all failed mails again waits for somebody who is erased, and sends them nothing", async () => {
  const { mail, signatureId } = await signed();
  await db.mail.update({ where: { id: mail.id }, data: FAILED });
  await db.addressMail.deleteMany();
  const admin = await moderator("all@example.org");
  expect(await whileErasing(signatureId, () => resendAllMails({ admin, now: new Date() }))).toBe("done");
  expect(await db.mail.findMany({ where: { state: "WAITING" } })).toEqual([]);
  expect(await db.mail.findFirst({ where: { id: mail.id } })).toMatchObject({ resentAt: null });
});

test("sending a failed mail again waits for somebody who is erased, and says that nobody wants it", async () => {
  const { mail, signatureId } = await signed();
  await db.mail.update({ where: { id: mail.id }, data: FAILED });
  const admin = await moderator("one@example.org");
  const resend = () => resendFailedMail({ admin, id: mail.id, now: new Date() });
  expect(await whileErasing(signatureId, resend)).toBe("conflict");
});

const bounce = ({ id, queuedAt, unheardAt }: Awaited<ReturnType<typeof signed>>["mail"]) =>
  settleMails(
    [{ mail: { id, queuedAt, unheardAt }, is: "failed", code: "no-mailbox-5.1.1", bounced: true }],
    new Date(),
  );

test("a bounce waits for somebody who is erased", async () => {
  const { mail, signatureId } = await signed();
  expect(await whileErasing(signatureId, () => bounce(mail))).toBe("done");
  expect(await db.suppression.count()).toBe(0);
});

test("an address can be allowed again while it bounces", async () => {
  const first = await signed();
  await bounce(first.mail);
  await db.addressMail.deleteMany();
  const second = await signed();
  let both: Promise<unknown> = Promise.resolve();
  await db.$transaction(async (tx) => {
    await lockSubjects(tx, [first.signatureId, second.signatureId]);
    const bounced = bounce(second.mail);
    await someoneWaits();
    both = Promise.all([bounced, allowAddress({ email: EMAIL, now: new Date() })]);
    await someoneWaits(2);
  });
  await both;
  expect(await db.mail.count({ where: { id: second.mail.id, state: "FAILED" } })).toBe(1);
});

test("a held mail leaves while its mailbox asks for another", async () => {
  await signed();
  const { slug } = await openLetter({ opensAt: new Date(Date.now() - 60_000) });
  await signLetter({ slug, locale: "en", input: individual({ email: EMAIL }), now: new Date() });
  expect(await db.mail.count({ where: { state: "HELD" } })).toBe(1);
  const longAgo = new Date(Date.now() - 11 * 60_000);
  await db.addressMail.updateMany({ data: { sentAt: [longAgo], networks: [""] } });
  let left = Promise.resolve(0);
  await db.$transaction(async (tx) => {
    await lockAddress(tx, addressHash(EMAIL));
    left = releaseHeldMails({ now: new Date() });
    await someoneWaits();
    const asking = { email: EMAIL, networkHash: null, unchecked: false, checked: false };
    await holdMail(tx, asking, new Date());
  });
  expect(await left).toBe(1);
});
