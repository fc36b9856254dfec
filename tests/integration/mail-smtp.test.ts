import { type AddressInfo, type connect, createServer as createTcpServer, type Server } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { addressedMail, deliver } from "@/lib/mail/sending/deliver";
import { type OutgoingMail, PermanentMailError, TemporaryMailError } from "@/lib/mail/sending/outcomes";
import { smtpTransport } from "@/lib/mail/sending/smtp";
import { mailTurn } from "@/lib/mail/sending/turn";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, openLetter } from "@/tests/support/letters";
import { queueEmptyMails } from "@/tests/support/queued-mails";

type Received = { to: string[]; raw: string; secure: boolean };
type Smtp = { port: number; received: Received[]; stop(): void };

const running: (() => void)[] = [];
afterEach(() => {
  for (const stop of running.splice(0)) stop();
});

// The server that the configuration names, for what goes through `deliver`.
let configured: Smtp;
beforeAll(async () => {
  configured = await smtpServer();
  running.length = 0;
  process.env.SMTP_URL = `smtp://127.0.0.1:${configured.port}`;
  process.env.MAIL_RATE = "2";
});
afterAll(() => configured.stop());

/** A real SMTP server; `options` make it refuse. */
async function smtpServer(options: SMTPServerOptions = {}): Promise<Smtp> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, raw: Buffer.concat(parts).toString("utf8"), secure: session.secure });
        done(null, "OK: queued as ABC123");
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const stop = () => server.close();
  running.push(stop);
  return { port: (server.server.address() as AddressInfo).port, received, stop };
}

const MAIL = {
  to: "zoe@canary.example",
  from: "Letters <letters@letters.test>",
  subject: "أكّد توقيعك",
  html: "<p>Text</p>",
  text: "Text",
  id: "0190-job",
};

const call = <Mail extends OutgoingMail>(mail: Mail) => ({ mails: [mail], key: mail.id, together: false });
const deliverOne = async (mail: OutgoingMail) => deliver(call(addressedMail(mail)));

const QUICK = { connectionTimeout: 500, greetingTimeout: 500, socketTimeout: 500 };
const send = (port: number, mail = MAIL, search = "") =>
  smtpTransport({ url: `smtp://127.0.0.1:${port}${search}`, timeouts: QUICK }).send(call(mail));
const failure = (port: number, search?: string) =>
  send(port, MAIL, search).then(
    () => Promise.reject(new Error("was sent")),
    (error: unknown) => error as Error,
  );

const refusal = (code: number) =>
  Object.assign(new Error("zoe@canary.example refused"), { responseCode: code });

test("sends a mail whose Message-ID is the job's at each attempt", async () => {
  const { port, received } = await smtpServer();
  expect(await send(port)).toEqual([{ sent: true, providerId: "ABC123" }]);
  await send(port);
  expect(received).toHaveLength(2);
  for (const { to, raw } of received) {
    expect(to).toEqual(["zoe@canary.example"]);
    expect(raw).toMatch(/^Message-ID: <0190-job@letters\.test>\r$/m);
    expect(raw).toMatch(/^From: Letters <letters@letters\.test>\r$/m);
  }
});

test("writes to an internationalised domain in ASCII and marks the mail as a machine's", async () => {
  await deliverOne({ ...MAIL, to: "zoe@bücher.example" });
  const raw = configured.received.at(-1)?.raw;
  expect(raw).toMatch(/^To: zoe@xn--bcher-kva\.example\r$/m);
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  configured.received.length = 0;
});

test.each([
  [450, "mail"],
  [451, "mail"],
  [421, "provider"],
])("tries again after %i, which is about the %s", async (code, about) => {
  const { port } = await smtpServer({ onRcptTo: (_address, _session, done) => done(refusal(code)) });
  const error = await failure(port);
  expect(error).toBeInstanceOf(TemporaryMailError);
  expect(error).toMatchObject({ code: `smtp-${code}`, about });
});

test.each([
  [550, "5.1.1"],
  [550, "5.1.10"],
  [553, "5.1.3"],
  [551, "5.1.6"],
  [556, "5.1.2"],
])("takes a mailbox for gone after %i %s", async (code, enhanced) => {
  const gone = Object.assign(new Error(`${enhanced} <zoe@canary.example>: unknown`), { responseCode: code });
  const { port } = await smtpServer({ onRcptTo: (_address, _session, done) => done(gone) });
  const error = await failure(port);
  expect(error).toBeInstanceOf(PermanentMailError);
  expect(error).toMatchObject({ code: `no-mailbox-${enhanced}`, bounced: true });
  expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain("canary");
});

test.each([
  ["rejected, spam", "smtp-550"],
  ["5.7.1 relaying denied", "smtp-550-5.7.1"],
  ["5.2.1 too much mail for this mailbox", "smtp-550-5.2.1"],
  ["5.1.18 a code that nobody knows", "smtp-550-5.1.18"],
  ["see 5.1.1 in our policy", "smtp-550"],
])("takes no mailbox for gone after 550 %s", async (words, code) => {
  const refused = Object.assign(new Error(words), { responseCode: 550 });
  const { port } = await smtpServer({ onRcptTo: (_address, _session, done) => done(refused) });
  expect(await failure(port)).toMatchObject({ name: "PermanentMailError", code, bounced: false });
});

test("gives up for good after a refusal of the content, and tries again after a temporary one", async () => {
  const refusing = (code: number) =>
    smtpServer({ onData: (stream, _session, done) => stream.resume().on("end", () => done(refusal(code))) });
  expect(await failure((await refusing(554)).port)).toBeInstanceOf(PermanentMailError);
  expect(await failure((await refusing(452)).port)).toBeInstanceOf(TemporaryMailError);
});

test("tries again where the server refuses us rather than the mail", async () => {
  const sender = await smtpServer({ onMailFrom: (_address, _session, done) => done(refusal(550)) });
  expect(await failure(sender.port)).toBeInstanceOf(TemporaryMailError);
  const greeting = await smtpServer({ onConnect: (_session, done) => done(refusal(554)) });
  expect(await failure(greeting.port)).toBeInstanceOf(TemporaryMailError);
  const login = await smtpServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(refusal(535)),
  });
  expect(await failure(login.port)).toBeInstanceOf(TemporaryMailError);
});

test("tries again when a server says nothing, closes, or is not there", async () => {
  const silent = await tcpServer(() => undefined);
  expect(await failure(silent)).toMatchObject({ name: "TemporaryMailError", code: "unreachable" });
  const closing = await tcpServer((socket) => socket.destroy());
  expect(await failure(closing)).toBeInstanceOf(TemporaryMailError);
  expect(await failure(1)).toBeInstanceOf(TemporaryMailError);
});

test("sends nothing in the clear where the address asks for encryption", async () => {
  const plain = await smtpServer();
  expect(await failure(plain.port, "?requireTLS=true")).toBeInstanceOf(TemporaryMailError);
  expect(plain.received).toEqual([]);
});

test("encrypts where the server offers it, and only to one whose certificate is good", async () => {
  const { port, received } = await smtpServer({ hideSTARTTLS: false });
  expect(await failure(port)).toBeInstanceOf(TemporaryMailError);
  await send(port, MAIL, "?tls.rejectUnauthorized=false");
  expect(received.map(({ secure }) => secure)).toEqual([true]);
});

const HOSTILE = [
  "zoe@canary.example\r\nBcc: eve@evil.example",
  "zoe@canary.example\nRCPT TO:<eve@evil.example>",
  "zoe\r\n@canary.example",
  "zoe\u0000@canary.example",
  "zoe@canary.example\u2028eve@evil.example",
  "zoe@canary.example,eve@evil.example",
  "zoe@canary.example;eve@evil.example",
  "zoe@canary.example eve@evil.example",
  "<eve@evil.example> zoe@canary.example",
  "eve@evil.example>zoe@canary.example",
  '"zoe\r\nBcc: eve@evil.example"@canary.example',
  '"eve@evil.example,"@canary.example',
  "zoe@canary.example%0d%0aBcc:eve@evil.example",
  "(eve@evil.example)zoe@canary.example",
  "zoe@[127.0.0.1]",
  "zoe@localhost",
  "zoe",
  "",
];

test.each(HOSTILE)("refuses the address %j before any server hears of it", async (to) => {
  await expect(deliverOne({ ...MAIL, to })).rejects.toMatchObject({
    name: "PermanentMailError",
    code: "invalid-address",
  });
  expect(configured.received).toEqual([]);
});

test.each<Partial<OutgoingMail>>([
  { subject: "Hello\r\nBcc: eve@evil.example" },
  { from: "Letters\n <letters@letters.test>" },
  { id: "x\r\nBcc: eve@evil.example" },
  { headers: { "X-Test": "a\r\nBcc: eve@evil.example" } },
  { headers: { "X-Test: a\r\nBcc": "eve@evil.example" } },
])("refuses control characters in %o", async (change) => {
  const sent = deliverOne({ ...MAIL, ...change });
  await expect(sent).rejects.toMatchObject({ name: "PermanentMailError", code: "invalid-header" });
});

test("lets a mail wait for none of which there is nothing to send, whatever the rate", async () => {
  const { slug } = await openLetter({ opensAt: new Date(Date.now() - 60_000) });
  await queueEmptyMails(100);
  const input = individual({ email: "zoe@canary.example" });
  await signLetter({ slug, locale: "en", input, now: new Date() });
  const work = { now: () => new Date(), report: () => undefined };
  const sentAt = Date.now();
  // Two looks at the queue, without a pause in between.
  expect([await mailTurn(work), await mailTurn(work)]).toEqual([0, 0]);
  expect(configured.received.map(({ to }) => to)).toEqual([["zoe@canary.example"]]);
  // That one did use up a call.
  const { nextAt } = await db.mailGate.findFirstOrThrow();
  expect(nextAt.getTime()).toBeGreaterThan(sentAt + 400);
});

async function tcpServer(onConnection: (socket: ReturnType<typeof connect>) => void): Promise<number> {
  const server: Server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push(() => server.close());
  return (server.address() as AddressInfo).port;
}
