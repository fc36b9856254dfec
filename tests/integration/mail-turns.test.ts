import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { enqueueMail } from "@/lib/mail/outbox";
import { newCall, writeCalls } from "@/lib/mail/sending/call";
import { failTurn, keepTurn, takeTurn } from "@/lib/mail/sending/gate";
import { giveUpOldMails } from "@/lib/mail/sending/give-up";
import { startMailLoop } from "@/lib/mail/sending/loop";
import { prepareMails } from "@/lib/mail/sending/prepare";
import { mailTurn } from "@/lib/mail/sending/turn";
import { dueMails } from "@/lib/mail/sending/waiting";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, openLetter } from "@/tests/support/letters";
import { queueEmptyMails } from "@/tests/support/queued-mails";
import { type ResendStandIn, startResendStandIn } from "@/tests/support/resend-stand-in";

let standIn: ResendStandIn;
let slug = "";
const reports: string[] = [];
const work = { now: () => new Date(), report: (line: string) => void reports.push(line) };

beforeAll(async () => {
  standIn = await startResendStandIn();
  process.env.RESEND_API_KEY = "re_test";
  process.env.RESEND_BASE_URL = standIn.url;
});
beforeEach(async () => {
  ({ slug } = await openLetter({ opensAt: new Date(Date.now() - 60_000) }));
  for (const list of [standIn.calls, standIn.accepted, reports]) list.length = 0;
  standIn.always("accept");
  await db.mail.deleteMany();
  await db.mailGate.deleteMany();
});
afterAll(() => standIn.stop());

let count = 0;
const address = (number: number) => `zoe${number}@mail${number}.example`;

/** Signs so many times, which queues as many mails. @returns their addresses in the order of the queue */
async function sign(times: number): Promise<string[]> {
  const emails = Array.from({ length: times }, () => address(++count));
  for (const [index, email] of emails.entries()) {
    // Stays below the numbers from which mails of signings without a proof are held.
    if (index % 30 === 0) await db.rateLimit.deleteMany();
    await signLetter({ slug, locale: "en", input: individual({ email }), now: new Date() });
  }
  return emails;
}

const recipients = () => standIn.accepted.map(({ to }) => to);
/** Lets the provider be called at once. */
const open = () => db.$executeRaw`UPDATE mail_gate SET next_at = now() - interval '1 s', open_until = NULL`;
const turns = async (times: number) => {
  for (let turn = 0; turn < times; turn++) {
    await open();
    await mailTurn(work);
  }
};
const waiting = () => db.mail.count({ where: { state: "WAITING" } });

test("sends all that is due in one call, in the order of age", async () => {
  const emails = await sign(5);
  await mailTurn(work);
  expect(recipients()).toEqual(emails);
  expect(standIn.calls).toHaveLength(1);
});

test("sends more than a call takes in several", async () => {
  const emails = await sign(102);
  await turns(2);
  expect(standIn.calls.map(({ path }) => path)).toEqual(["/emails/batch", "/emails/batch"]);
  expect(recipients()).toEqual(emails);
  expect(standIn.calls[0]?.key).not.toBe(standIn.calls[1]?.key);
});

test("sends awaited mails before others", async () => {
  const [first = ""] = await sign(1);
  await turns(1);
  const { id: signatureId } = await db.signature.findFirstOrThrow({ orderBy: { submittedAt: "desc" } });
  await db.signature.update({ where: { id: signatureId }, data: { state: "APPROVED" } });
  await db.$transaction((tx) => enqueueMail(tx, { message: "signature-approved", signatureId }));
  const [awaited = ""] = await sign(1);
  await turns(1);
  expect(recipients()).toEqual([first, awaited, first]);
});

test("repeats a call as it was, whatever has been queued meanwhile, and keeps the order", async () => {
  const tried = await sign(3);
  standIn.next({ status: 503, name: "service_unavailable" });
  await turns(1);
  expect(await waiting()).toBe(3);
  const later = await sign(2);
  await turns(2);
  expect(standIn.calls.map(({ key }) => key)).toEqual([
    standIn.calls[0]?.key,
    standIn.calls[0]?.key,
    expect.not.stringContaining(standIn.calls[0]?.key ?? ""),
  ]);
  expect(standIn.calls[1]?.body).toBe(standIn.calls[0]?.body);
  expect(recipients()).toEqual([...tried, ...later]);
});

test("repeats a mail that was called for alone alone", async () => {
  const alone = await sign(1);
  standIn.next("accept-and-reset");
  await turns(1);
  const later = await sign(2);
  await turns(2);
  expect(standIn.calls.map(({ path }) => path)).toEqual(["/emails", "/emails", "/emails/batch"]);
  expect(standIn.calls[1]?.key).toBe(standIn.calls[0]?.key);
  expect(recipients()).toEqual([...alone, ...later]);
});

test("takes a call apart that is refused as a whole, until only the bad mail has failed", async () => {
  const emails = await sign(4);
  // The whole, its first half, and of that the first mail.
  standIn.next(...Array(3).fill({ status: 422, name: "validation_error" }));
  await turns(5);
  expect(recipients()).toEqual(emails.slice(1));
  expect(standIn.calls[2]?.path).toBe("/emails");
  expect(await db.mail.count({ where: { state: "FAILED" } })).toBe(1);
  expect(await waiting()).toBe(0);
});

test("leaves a provider alone that is down, and lets one worker ask again", async () => {
  await sign(3);
  standIn.always({ status: 500, name: "internal_server_error" });
  await turns(3);
  expect(standIn.calls).toHaveLength(3);
  expect(reports).toEqual([
    expect.stringMatching(/^Mail cannot be sent \(internal_server_error\), 3 times in a row/),
  ]);
  // While the pause lasts nobody calls, however often they look.
  const pauses = await Promise.all(Array.from({ length: 20 }, () => mailTurn(work)));
  expect(standIn.calls).toHaveLength(3);
  expect(Math.min(...pauses)).toBeGreaterThan(0);
  // When it is over, of 20 one does.
  await db.$executeRaw`UPDATE mail_gate SET next_at = now() - interval '1 s', open_until = now() - interval '1 s'`;
  await Promise.all(Array.from({ length: 20 }, () => mailTurn(work)));
  expect(standIn.calls).toHaveLength(4);
  standIn.always("accept");
  await turns(1);
  expect(standIn.accepted).toHaveLength(3);
  expect(await db.mailGate.findFirst()).toMatchObject({ failures: 0, openUntil: null });
});

test("never calls more often than the provider allows, however many workers there are", async () => {
  const loops = Array.from({ length: 4 }, () => startMailLoop(work.report));
  const stopAt = Date.now() + 3_000;
  const mailed: string[] = [];
  while (Date.now() < stopAt) {
    mailed.push(...(await sign(1)));
    for (const { wake } of loops) wake();
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  for (const limit = Date.now() + 10_000; standIn.accepted.length < mailed.length && Date.now() < limit; )
    await new Promise((resolve) => setTimeout(resolve, 50));
  await Promise.all(loops.map(({ stop }) => stop()));
  expect(recipients()).toEqual(mailed);
  expect(standIn.calls.length).toBeGreaterThan(2);
  expect(standIn.busiestSecond()).toBeLessThanOrEqual(2);
});

test("makes no second call for mails of a worker that was held up and is back", async () => {
  await sign(1);
  const heldUp = await takeTurn("resend");
  if (!heldUp) throw new Error("no turn");
  expect(await takeTurn("resend")).toBeNull();
  await open();
  const other = await takeTurn("resend");
  if (!other) throw new Error("no turn");
  const call = newCall(await prepareMails(await dueMails(1), 1, new Date(), work.report));
  expect(await writeCalls(heldUp, [call], new Date())).toBe(false);
  expect(await keepTurn(heldUp)).toBe(false);
  expect(await writeCalls(other, [call], new Date())).toBe(true);
  expect(await db.mail.findMany()).toMatchObject([{ id: call.mails[0]?.id, batchId: call.id, place: null }]);
});

test("makes no call for which it was held up until another had the turn", async () => {
  await sign(1);
  // At the last moment: once what the call consists of is written down.
  await db.$executeRaw`CREATE FUNCTION lose_turn() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN UPDATE mail_gate SET next_at = now() + interval '1 hour'; RETURN NEW; END $$`;
  await db.$executeRaw`CREATE TRIGGER lost AFTER UPDATE OF batch_id ON mail FOR EACH ROW EXECUTE FUNCTION lose_turn()`;
  await mailTurn(work);
  await db.$executeRaw`DROP FUNCTION lose_turn CASCADE`;
  expect(standIn.calls).toEqual([]);
  expect(await db.mail.count({ where: { unheardAt: { not: null } } })).toBe(0);
  await turns(1);
  expect(standIn.accepted).toHaveLength(1);
});

test("notes a failure while the turn is being kept over a slow connection", async () => {
  const turn = await takeTurn("resend");
  if (!turn) throw new Error("no turn");
  const held = await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 AS one FROM mail_gate FOR UPDATE`;
    const kept = keepTurn(turn);
    while ((await db.$queryRaw<unknown[]>`SELECT 1 AS one FROM pg_locks WHERE NOT granted`).length === 0);
    return { kept, failed: failTurn(turn, () => 60_000) };
  });
  expect(await held.kept).toBe(true);
  expect(await held.failed).toBe(1);
  const { failures, openUntil } = await db.mailGate.findFirstOrThrow();
  expect(failures).toBe(1);
  expect(openUntil?.getTime()).toBeGreaterThan(Date.now() + 30_000);
});

test("uses up no call for mails of which there is nothing to send", async () => {
  await queueEmptyMails(130);
  const emails = await sign(1);
  // Two calls' worth of them, without a pause in between.
  expect([await mailTurn(work), await mailTurn(work)]).toEqual([0, 0]);
  expect(recipients()).toEqual(emails);
  expect(await waiting()).toBe(0);
});

test("gives up what could not be delivered for four days, with an outcome for each", async () => {
  const emails = await sign(3);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  expect(await giveUpOldMails(inDays(3.9))).toBe(0);
  expect(await giveUpOldMails(inDays(4.1))).toBe(emails.length);
  expect(await waiting()).toBe(0);
  expect(await db.mail.count({ where: { error: "too-old", message: "confirm-signature" } })).toBe(3);
  await turns(1);
  expect(standIn.calls).toEqual([]);
});
