import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import * as environment from "@/lib/env";
import { enqueueMail } from "@/lib/mail/outbox";
import { giveUpOldMails } from "@/lib/mail/sending/give-up";
import { mailTurn } from "@/lib/mail/sending/turn";
import { erasePersons } from "@/lib/signatures/engine/erase-persons";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, openLetter } from "@/tests/support/letters";
import { type Behaviour, type ResendStandIn, startResendStandIn } from "@/tests/support/resend-stand-in";

const HOUR = 3_600_000;

let standIn: ResendStandIn;
let slug = "";
let hours = 0;
const reports: string[] = [];
const clock = () => Date.now() + hours * HOUR;
const work = { now: () => new Date(clock()), report: (line: string) => void reports.push(line) };

beforeAll(async () => {
  standIn = await startResendStandIn({ clock });
  process.env.RESEND_API_KEY = "re_test";
  process.env.RESEND_BASE_URL = standIn.url;
});
beforeEach(async () => {
  // Its own each time: where many have signed, mails of signings without a proof leave last.
  ({ slug } = await openLetter({ opensAt: new Date(Date.now() - 60_000) }));
  for (const list of [standIn.calls, standIn.accepted, reports]) list.length = 0;
  hours = 0;
  standIn.always("accept");
  await db.mail.deleteMany();
  await db.mailGate.deleteMany();
});
afterAll(() => standIn.stop());

let count = 0;

/** Signs so many times, which queues as many mails. @returns who signed, in the order of the queue */
async function sign(times: number) {
  const people: { id: string; email: string; address: string | null; mailboxHash: string | null }[] = [];
  for (const email of Array.from({ length: times }, () => `zoe${++count}@mail${count}.example`)) {
    await signLetter({ slug, locale: "en", input: individual({ email }), now: new Date() });
    const { id, address, mailboxHash } = await db.signature.findFirstOrThrow({
      orderBy: { submittedAt: "desc" },
    });
    people.push({ id, email, address, mailboxHash });
  }
  return people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
}

const garble = ({ id }: { id: string }) =>
  db.signature.update({ where: { id }, data: { address: "x1.own.garbage" } });
const mend = ({ id, address }: { id: string; address: string | null }) =>
  db.signature.update({ where: { id }, data: { address } });
/** There is nothing to confirm any more. */
const withdraw = ({ id }: { id: string }) =>
  db.signature.update({ where: { id }, data: { state: "WITHDRAWN" } });

/** A turn as soon as the provider may be called, after so many hours. */
async function turn(behaviour: Behaviour = "accept", afterHours = 0): Promise<void> {
  hours += afterHours;
  standIn.next(behaviour);
  await db.$executeRaw`UPDATE mail_gate SET next_at = now() - interval '1 s', open_until = NULL`;
  const calls = standIn.calls.length;
  await mailTurn(work);
  // A behaviour that no call has used is not left for the next turn.
  if (standIn.calls.length === calls) standIn.unsaid();
}

const makeDue = () => db.$executeRaw`UPDATE mail SET not_before = now() WHERE state = 'WAITING'`;
const recipients = () => standIn.accepted.map(({ to }) => to);
const waiting = () => db.mail.count({ where: { state: "WAITING" } });
/** How many mails are in a call that has no outcome. */
const called = () => db.mail.count({ where: { batchId: { not: null } } });
/** What is recorded of each, in words. */
async function recorded(people: { id: string; mailboxHash: string | null }[]): Promise<string[]> {
  const rows = await db.mail.findMany({ where: { state: { in: ["SENT", "FAILED"] } } });
  return people.map(({ id, mailboxHash }) => {
    const row = rows.find((one) => one.signatureId === id || one.mailboxHash === mailboxHash);
    return row ? (row.error ?? row.state) : "none";
  });
}

test("records no mail as sent that was in no call", async () => {
  const people = await sign(3);
  const [first, second, third] = people;
  await garble(second);
  await turn("accept-and-reset");
  expect(await called()).toBe(2);
  await mend(second);
  await makeDue();
  await turn();
  expect(recipients()).toEqual([first.email, third.email]);
  expect(await recorded(people)).toEqual(["SENT", "none", "SENT"]);
  await turn();
  expect(recipients()).toEqual([first.email, third.email, second.email]);
  expect(await recorded(people)).toEqual(["SENT", "SENT", "SENT"]);
});

test("records no mail as sent that had nothing to say when its call was made and has now", async () => {
  const [first, second] = await sign(2);
  await turn();
  await db.signature.update({ where: { id: first.id }, data: { state: "APPROVED" } });
  await db.$transaction(async (tx) => {
    for (const { id: signatureId } of [first, second])
      await enqueueMail(tx, { message: "signature-approved", signatureId });
  });
  await db.mail.deleteMany({ where: { state: "SENT" } });
  await turn("accept-and-reset");
  await db.signature.update({ where: { id: second.id }, data: { state: "APPROVED" } });
  await turn();
  expect(recipients()).toEqual([first.email, second.email, first.email]);
  expect(await recorded([first, second])).toEqual(["SENT", "none"]);
  expect(await waiting()).toBe(0);
});

test("makes no call and marks no mail while the database cannot be read", async () => {
  const people = await sign(2);
  await db.$executeRaw`ALTER TABLE suppression RENAME TO gone`;
  const failed = turn().finally(() => db.$executeRaw`ALTER TABLE gone RENAME TO suppression`);
  await expect(failed).rejects.toThrow();
  standIn.unsaid();
  expect([standIn.calls, reports, await called()]).toEqual([[], [], 0]);
  expect(await recorded(people)).toEqual(["none", "none"]);
  await turn();
  expect(recipients()).toEqual(people.map(({ email }) => email));
});

test.each<[string, Behaviour, string[]]>([
  // 409: all that is left was in the call that was accepted.
  ["was accepted", "accept-and-reset", ["SENT", "none", "unknown"]],
  ["never arrived", "reset", ["SENT", "none", "unknown"]],
  // Surely not sent, so that it waits on.
  ["was refused", { status: 429, name: "rate_limit_exceeded" }, ["SENT", "none", "none"]],
])(
  "repeats a call that %s without what has nothing to say or cannot be read",
  async (_, behaviour, outcomes) => {
    const people = await sign(3);
    const [first, nothing, unreadable] = people;
    await turn(behaviour);
    await withdraw(nothing);
    await garble(unreadable);
    await turn();
    expect(standIn.calls).toHaveLength(2);
    expect(standIn.calls[1]?.key).toBe(standIn.calls[0]?.key);
    expect(await recorded(people)).toEqual(outcomes);
    expect(await called()).toBe(0);
    const accepted = behaviour === "accept-and-reset";
    expect(recipients()).toEqual(accepted ? people.map(({ email }) => email) : [first.email]);
    // What was sent, or may have been, does not go out again; what was surely not does.
    await mend(unreadable);
    await makeDue();
    await turn();
    const again = typeof behaviour === "object";
    expect(standIn.calls).toHaveLength(again ? 3 : 2);
    expect(recipients().filter((to) => to === unreadable.email)).toHaveLength(accepted || again ? 1 : 0);
    expect(await waiting()).toBe(0);
  },
);

test.each<[Behaviour, string]>([
  ["reset", "unknown"],
  [{ status: 429, name: "rate_limit_exceeded" }, "none"],
])("makes no call again that it has made with less (after %o)", async (behaviour, outcome) => {
  const people = await sign(3);
  const [first, second, unreadable] = people;
  await turn(behaviour);
  await garble(unreadable);
  await turn("accept-and-reset");
  await mend(unreadable);
  await makeDue();
  await turn();
  expect(standIn.calls[2]).toMatchObject({ key: standIn.calls[0]?.key, body: standIn.calls[1]?.body });
  expect(recipients()).toEqual([first.email, second.email]);
  expect(await recorded(people)).toEqual(["SENT", "SENT", outcome]);
});

test("repeats a call for several of which one is left as such", async () => {
  const people = await sign(2);
  await turn("accept-and-reset");
  await withdraw(people[0]);
  await turn();
  expect(standIn.calls.map(({ path }) => path)).toEqual(["/emails/batch", "/emails/batch"]);
  expect(recipients()).toHaveLength(2);
  expect(await recorded(people)).toEqual(["none", "SENT"]);
});

test("gives up the one that is left of a call for several and refused for good", async () => {
  const people = await sign(2);
  await turn("reset");
  await withdraw(people[0]);
  await turn({ status: 422, name: "validation_error" });
  expect(await recorded(people)).toEqual(["none", "validation_error"]);
  expect([await waiting(), await called()]).toEqual([0, 0]);
});

test("makes no unanswered call again whose key may be forgotten", async () => {
  const people = await sign(2);
  await turn("accept-and-reset");
  // An unanswered repeat renews no key.
  await turn("reset", 22);
  await turn("accept", 1.1);
  expect(standIn.calls).toHaveLength(2);
  expect(recipients()).toEqual(people.map(({ email }) => email));
  expect(await recorded(people)).toEqual(["unknown", "unknown"]);
  expect([await waiting(), await called()]).toEqual([0, 0]);
  expect(reports).toEqual([expect.stringMatching(/^Nobody knows whether mails were sent \(2\)/)]);
});

test("makes an unanswered call again while its key is known", async () => {
  const people = await sign(2);
  await turn("accept-and-reset");
  await turn("accept", 22.9);
  expect(recipients()).toHaveLength(2);
  expect(await recorded(people)).toEqual(["SENT", "SENT"]);
});

test.each<[string, Behaviour[], string]>([
  ["sends in the end what was refused all the time", [{ status: 429, name: "rate_limit_exceeded" }], "SENT"],
  ["takes no server error for a refusal", [{ status: 500, name: "internal_server_error" }], "unknown"],
  [
    "takes a refusal for no answer to an earlier call",
    ["accept-and-reset", { status: 403, name: "validation_error" }],
    "unknown",
  ],
])("%s", async (_, behaviours, outcome) => {
  const people = await sign(1);
  for (const behaviour of behaviours) await turn(behaviour);
  await turn("accept", 23.1);
  expect(await recorded(people)).toEqual([outcome]);
  expect(standIn.accepted.length).toBeLessThanOrEqual(1);
});

test("says of a mail that is given up by its age that it may have been sent", async () => {
  const tried = await sign(1);
  await turn("accept-and-reset");
  const later = await sign(1);
  await giveUpOldMails(new Date(clock() + 4.1 * 24 * HOUR));
  expect(await recorded([...tried, ...later])).toEqual(["unknown", "too-old"]);
});

test("repeats to the byte what a call said, whatever the mails would say by now", async () => {
  const people = await sign(2);
  await turn("accept-and-reset");
  await db.letter.updateMany({ data: { organiserName: "Another Organiser" } });
  await turn();
  expect(standIn.calls[1]?.body).toBe(standIn.calls[0]?.body);
  expect(await recorded(people)).toEqual(["SENT", "SENT"]);
  expect(await db.mail.count({ where: { rendered: { not: null } } })).toBe(0);
});

test.each<[string, Behaviour, number]>([
  ["was accepted", "accept-and-reset", 3],
  ["never arrived", "reset", 2],
])(
  "repeats a call that %s without who was erased meanwhile, and nobody gets it twice",
  async (_, behaviour, arrived) => {
    const people = await sign(3);
    const [first, erased, third] = people;
    await turn(behaviour);
    await db.$transaction((tx) => erasePersons(tx, [erased.id]));
    expect(await db.mail.count({ where: { mailboxHash: erased.mailboxHash } })).toBe(0);
    await turn();
    expect(await recorded(people)).toEqual(["SENT", "none", "SENT"]);
    expect(standIn.calls[1]?.key).toBe(standIn.calls[0]?.key);
    expect(recipients()).toHaveLength(arrived);
    for (const { email } of [first, third]) expect(recipients().filter((to) => to === email)).toHaveLength(1);
  },
);

test("makes no call with somebody in it who is erased at the last moment", async () => {
  const [erased, other] = await sign(2);
  await db.$executeRawUnsafe(`CREATE FUNCTION erase() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.mailbox_hash = '${erased.mailboxHash}' THEN RETURN NULL; END IF; RETURN NEW; END $$`);
  await db.$executeRaw`CREATE TRIGGER erased BEFORE UPDATE OF batch_id ON mail FOR EACH ROW EXECUTE FUNCTION erase()`;
  await turn();
  expect(standIn.calls).toEqual([]);
  // No call was made, so none is unanswered.
  expect(await db.mail.count({ where: { unheardAt: { not: null } } })).toBe(0);
  await db.$executeRaw`DROP FUNCTION erase CASCADE`;
  await db.$transaction((tx) => erasePersons(tx, [erased.id]));
  await turn();
  expect(recipients()).toEqual([other.email]);
});

/** A turn after the operator has changed MAIL_FROM. */
async function turnFrom(mailFrom: string, behaviour?: Behaviour): Promise<void> {
  const spy = vi.spyOn(environment, "env").mockReturnValue({ ...environment.env(), mailFrom });
  await turn(behaviour).finally(() => spy.mockRestore());
}

// Resend says 422 for an address that is none, 403 for a domain that is not verified.
test.each([
  [1, { status: 422, name: "invalid_from_address" }],
  [2, { status: 403, name: "validation_error" }],
])(
  "uses a corrected MAIL_FROM for mails that were refused because of it (%i, %o)",
  async (times, refusal) => {
    const people = await sign(times);
    await turn(refusal);
    await turnFrom("correct@letters.example");
    const correct = expect.stringContaining("correct@letters.example");
    expect(standIn.accepted.map(({ from }) => from)).toEqual(people.map(() => correct));
    expect(await recorded(people)).toEqual(people.map(() => "SENT"));
    // Other bytes under the old key could be answered as if the first had been sent.
    expect(standIn.calls[1]?.key).not.toBe(standIn.calls[0]?.key);
    expect(standIn.calls[1]?.path).toBe(standIn.calls[0]?.path);
  },
);

test("repeats to the byte what may have been sent, even if MAIL_FROM was refused since", async () => {
  const people = await sign(2);
  await turn("accept-and-reset");
  await turn({ status: 403, name: "validation_error" });
  await turnFrom("correct@letters.example");
  expect(standIn.calls[2]).toMatchObject({ key: standIn.calls[0]?.key, body: standIn.calls[0]?.body });
  expect(recipients()).toHaveLength(2);
  expect(await recorded(people)).toEqual(["SENT", "SENT"]);
});

test("records as sent what the provider takes while it is given up by its age", async () => {
  const people = await sign(2);
  const calling = turn({ answerAfterMs: 1_000 });
  await standIn.arrived(1);
  await giveUpOldMails(new Date(clock() + 4.1 * 24 * HOUR));
  await calling;
  expect(await recorded(people)).toEqual(["SENT", "SENT"]);
  const [row] = await db.mail.findMany({ where: { mailboxHash: people[0].mailboxHash } });
  expect(row?.providerId).toBeTruthy();
});
