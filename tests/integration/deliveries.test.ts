import { v7 as uuid } from "uuid";
import { beforeAll, expect, test } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { failedMails } from "@/lib/deliveries/queries";
import { resendFailedMail } from "@/lib/deliveries/resend-failed-mail";
import { suppressAddress } from "@/lib/deliveries/suppress-address";
import { settleMails } from "@/lib/jobs/settle-mails";
import { erasePerson } from "@/lib/signatures/erase-person";
import { signLetter } from "@/lib/signatures/sign-letter";
import { hashToken } from "@/lib/vault/tokens";
import { individual, later, NOW, openLetter } from "@/tests/support/letters";
import { moderator, waitingSignature } from "@/tests/support/moderators";
import { queuedMails, queuedToken } from "@/tests/support/queued-mails";

let admin: Admin;
beforeAll(async () => {
  admin = await moderator();
});

let count = 0;
const email = () => `undelivered${++count}@mail.example`;

/** A signature, and its mail that failed. @param waiting whether its mailbox is verified */
async function failed(waiting: boolean, code = "smtp-550") {
  const { id: letterId, slug } = await openLetter();
  const input = individual({ email: email() });
  if (waiting) await waitingSignature(slug, input);
  else await signLetter({ slug, locale: "en", input, now: NOW });
  const { id: signatureId } = await db.signature.findFirstOrThrow({ where: { letterId } });
  const message = waiting ? ("signature-standing" as const) : ("confirm-signature" as const);
  const mail = waiting ? { message, signatureId } : (await queuedMails(signatureId)).at(-1);
  const id = uuid();
  const one = { id, mail: mail as never, queuedAt: NOW };
  await settleMails([{ mail: one, is: "failed", code }], null, later(1));
  return { id, signatureId, letterId };
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
    code: "smtp-550",
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
  const { id, signatureId } = await failed(false);
  const before = await queuedToken(signatureId);
  await resendFailedMail({ admin, id, now: later(60 * 24 * 4) });
  const token = await queuedToken(signatureId);
  expect(token).not.toBe(before);
  const stored = await db.signatureToken.findUniqueOrThrow({ where: { hash: hashToken(token) } });
  expect(stored.expiresAt.getTime()).toBeGreaterThan(later(60 * 24 * 10).getTime());
});

test("sends nothing again that nobody wants or would get", async () => {
  const suppressed = await failed(true);
  await db.$transaction((tx) => suppressAddress(tx, suppressed.signatureId, "BOUNCED", later(1)));
  expect(await line(suppressed.id)).toMatchObject({ resendable: "suppressed" });
  const erased = await failed(true);
  await db.$transaction((tx) => erasePerson(tx, erased.signatureId));
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

test("lets readers look and not send", async () => {
  const reader = await moderator("reader@example.org", "READER");
  const { id } = await failed(true);
  expect((await failedMails(reader, "open")).lines.some((one) => one.id === id)).toBe(true);
  await expect(resendFailedMail({ admin: reader, id, now: NOW })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("goes through the list page by page", async () => {
  const { signatureId } = await failed(true);
  await db.delivery.deleteMany();
  await db.delivery.createMany({
    data: Array.from({ length: 120 }, (_, number) => ({
      id: uuid(),
      message: "signature-standing",
      signatureId,
      status: "FAILED" as const,
      error: "smtp-550",
      at: later(Math.floor(number / 7)),
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
});
