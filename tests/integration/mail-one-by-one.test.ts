import type { AddressInfo, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import * as environment from "@/lib/env";
import { mailTurn } from "@/lib/mail/sending/turn";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, openLetter } from "@/tests/support/letters";

const recipients: string[] = [];
/** What the server does with a recipient before it takes the mail. */
let onRecipient: (address: string) => Promise<void> = async () => undefined;
/** The only sender that it takes mails from, if there is one. */
let onlySender: string | undefined;
/** Whether it takes a mail and is gone before it says so. */
let dropAnswer = false;
const sockets = new Set<Socket>();
const server = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  logger: false,
  onMailFrom({ address }, _session, done) {
    const refused = onlySender !== undefined && address !== onlySender;
    done(refused ? Object.assign(new Error("not yours"), { responseCode: 553 }) : null);
  },
  onRcptTo({ address }, _session, done) {
    recipients.push(address);
    onRecipient(address).then(() => done(), done);
  },
  onData: (stream, _session, done) =>
    void stream.resume().on("end", () => {
      if (!dropAnswer) return done();
      for (const socket of sockets) socket.destroy();
    }),
});
const work = { now: () => new Date(), report: () => undefined };
let slug = "";

beforeAll(async () => {
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  process.env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  ({ slug } = await openLetter({ opensAt: new Date(Date.now() - 60_000) }));
});
beforeEach(async () => {
  recipients.length = 0;
  onRecipient = async () => undefined;
  await db.mailGate.deleteMany();
});
afterAll(() => server.close());

let count = 0;
async function sign(times: number): Promise<void> {
  for (let more = 0; more < times; more++) {
    const input = individual({ email: `zoe${++count}@mail${count}.example` });
    await signLetter({ slug, locale: "en", input, now: new Date() });
  }
}

test("lets the others come to an end when the outcome of one cannot be recorded", async () => {
  await sign(5);
  const { mailboxHash } = await db.signature.findFirstOrThrow({ orderBy: { submittedAt: "asc" } });
  await db.$executeRawUnsafe(
    `ALTER TABLE mail ADD CONSTRAINT broken CHECK (mailbox_hash <> '${mailboxHash}' OR state <> 'SENT')`,
  );
  // The broken one is the first to be taken.
  onRecipient = (address) => pause(address === "zoe1@mail1.example" ? 0 : 500);
  await expect(mailTurn(work)).rejects.toThrow("broken");
  expect(await db.mail.count({ where: { state: "SENT" } })).toBe(4);
  await db.$executeRaw`ALTER TABLE mail DROP CONSTRAINT broken`;
  await db.$executeRaw`UPDATE mail_gate SET next_at = now()`;
  await mailTurn(work);
  expect(await db.mail.count({ where: { state: "SENT" } })).toBe(5);
});

test("asks a server that has failed with one mail whether it works again", async () => {
  await sign(5);
  const closing = Object.assign(new Error("closing"), { responseCode: 421 });
  onRecipient = () => Promise.reject(closing);
  const open = () => db.$executeRaw`UPDATE mail_gate SET next_at = now() - interval '1 s', open_until = NULL`;
  const turn = async () => {
    await open();
    recipients.length = 0;
    await mailTurn(work).catch(() => undefined);
    return recipients.length;
  };
  const tried = [];
  // Mails of a call that failed stay where they are in the queue.
  await db.mailGate.create({ data: { provider: "smtp", nextAt: new Date(0) } });
  tried.push(await turn(), await turn());
  onRecipient = async () => undefined;
  tried.push(await turn(), await turn());
  expect(tried).toEqual([5, 1, 1, 4]);
});

test("names the mails that may have gone twice, and no other", async () => {
  await db.mail.deleteMany();
  const reports: string[] = [];
  const turn = async () => {
    await db.$executeRaw`UPDATE mail_gate SET next_at = now() - interval '1 s', open_until = NULL`;
    await mailTurn({ ...work, report: (line) => void reports.push(line) });
  };
  // The server takes the first and is gone before it says so; the second it refuses in words.
  await sign(1);
  dropAnswer = true;
  await turn();
  dropAnswer = false;
  await turn();
  await sign(1);
  onRecipient = () => Promise.reject(Object.assign(new Error("closing"), { responseCode: 421 }));
  await turn();
  onRecipient = async () => undefined;
  await turn();
  const [first, second] = await db.mail.findMany({ orderBy: { id: "asc" } });
  expect(first).toMatchObject({ state: "SENT", error: "maybe-twice" });
  expect(second).toMatchObject({ state: "SENT", error: null });
  expect(reports).toEqual([`A mail may have gone twice: ${first?.id}.`]);
});

const refuse = (responseCode: number) => () =>
  Promise.reject(Object.assign(new Error("no"), { responseCode }));
const turnNow = async (now = new Date()) => {
  await db.$executeRaw`UPDATE mail SET not_before = now() WHERE state = 'WAITING'`;
  await db.$executeRaw`UPDATE mail_gate SET next_at = now() - interval '1 s', open_until = NULL`;
  await mailTurn({ ...work, now: () => now });
};
/** Signs, and has the server take the mail without an answer. */
async function signUnheard() {
  await db.mail.deleteMany();
  await sign(1);
  dropAnswer = true;
  await turnNow();
  dropAnswer = false;
  const mail = await db.mail.findFirstOrThrow();
  expect(mail.unheardAt).not.toBeNull();
  return mail;
}

test("remembers of a mail that is put off that it may have been sent", async () => {
  const { unheardAt } = await signUnheard();
  onRecipient = refuse(451);
  await turnNow();
  expect(await db.mail.findFirst()).toMatchObject({ state: "WAITING", unheardAt });
  onRecipient = async () => undefined;
  await turnNow();
  expect(await db.mail.findFirst()).toMatchObject({ state: "SENT", error: "maybe-twice" });
});

test("says of a mail that is put off for too long that it may have been sent, and of no other", async () => {
  await signUnheard();
  await sign(1);
  onRecipient = refuse(451);
  const later = new Date(Date.now() + 4.1 * 86_400_000);
  await turnNow(later);
  await turnNow(later);
  const mails = await db.mail.findMany({ orderBy: { id: "asc" } });
  expect(mails.map(({ error }) => error)).toEqual(["unknown", "smtp-451"]);
});

test.each([
  ["was refused", null, async () => sign(1)],
  ["was also tried without an answer before", "maybe-twice", signUnheard],
])("uses a corrected MAIL_FROM for a mail that %s", async (_, error, queue) => {
  await db.mail.deleteMany();
  await queue();
  onlySender = "correct@letters.example";
  await turnNow();
  const real = environment.env();
  const spy = vi.spyOn(environment, "env").mockReturnValue({ ...real, mailFrom: onlySender });
  await turnNow().finally(() => spy.mockRestore());
  onlySender = undefined;
  expect(await db.mail.findFirst()).toMatchObject({ state: "SENT", error });
});
