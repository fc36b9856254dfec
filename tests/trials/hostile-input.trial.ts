import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { decryptDataKey } from "@/lib/encryption/keys";
import { cleanLine } from "@/lib/fields/names/rules";
import { publicId } from "@/lib/http/public-ids";
import { addressHash } from "@/lib/signatures/claim";
import { decryptSignatory } from "@/lib/signatures/encrypted-contents";
import { REAL_NAMES } from "../fixtures/names";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { launchBrowser, newVisitor } from "../support/browser";
import { individualForm, inLanes } from "../support/post";
import { withoutLimits } from "../support/without-limits";
import { unescapedIn } from "./hostile/escaping";
import {
  generatedInput,
  type Input,
  listedInAddresses,
  listedInForms,
  listedInHeaders,
  type Plan,
  rawBytes,
} from "./hostile/inputs";
import { type Answer, send, sendBytes } from "./hostile/send";
import { type Poster, poster, storeHostile } from "./hostile/stored";
import { CLOSE, OPEN, randomNumbers } from "./hostile/strings";
import { addressTargets, formTargets, type Known } from "./hostile/targets";

const INPUTS = Number(process.env.TRIAL_INPUTS ?? 100_000);
const STORED = Number(process.env.TRIAL_STORED ?? 120);
const NAMES = Number(process.env.TRIAL_NAMES ?? REAL_NAMES.length);
const RAW = Math.ceil(INPUTS / 100);
const LANES = 24;

let app: App;
let cookie: string;
let post: Poster;
let known: Known;
let stopForgetting: (() => Promise<void>) | undefined;

beforeAll(async () => {
  app = await startApp({ worker: false, environment: { MAIL_RATE: "1000" } });
  process.env.DATABASE_URL = app.databaseUrl;
  cookie = `${SESSION_COOKIE}=${await validSession("mona@example.org", "OWNER")}`;
  post = poster(app, cookie);
  stopForgetting = withoutLimits(app.databaseUrl);
});
afterAll(async () => {
  await stopForgetting?.();
  await db.$disconnect();
  await app.stop();
});

const failed: { input: Input; answer: Answer }[] = [];
const unescaped: string[] = [];
const statuses = new Map<number, number>();

async function tryInput(input: Input): Promise<void> {
  const answer = await send(app.url, input);
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  if (answer.status >= 500) failed.push({ input, answer });
  if (answer.type.startsWith("text/html"))
    unescaped.push(...unescapedIn(answer.body).map((text) => `${input.what}: ${text.slice(0, 200)}`));
}

type Valid = { name: string; email: string };

/** Real names, in the order of the list's scripts, each at a mailbox and a domain of its own script. */
const validOnes = (): Valid[] =>
  REAL_NAMES.slice(0, NAMES).map(({ name, script }, place) => ({
    name,
    email: `person-${place}@${script.toLowerCase()}-names.example`,
  }));

it("stores hostile texts wherever the rules take them", async () => {
  const letter = await db.letter.findFirstOrThrow({ where: { slug: "uyghurs" } });
  const stored = await storeHostile(STORED, post);
  console.log(`stored: ${JSON.stringify(stored)}`);
  expect(stored.signed).toBe(STORED);
  // Not all: some organisations have the same name.
  expect(stored.approved).toBeGreaterThan(STORED / 3);
  const waiting = await db.signature.findFirstOrThrow({ where: { state: "VERIFIED" } });
  known = {
    letterId: letter.id,
    signatureId: waiting.id,
    revision: String(waiting.revision),
    state: waiting.state,
  };
});

it(`answers ${INPUTS} hostile inputs without a 5xx, loses no valid signature meanwhile, and refuses no real name`, async () => {
  const plan: Plan = {
    forms: formTargets(known),
    addresses: addressTargets(known),
    origin: app.url,
    cookie,
    random: randomNumbers(20_261_124),
  };
  const valid = validOnes();
  const every = Math.max(1, Math.floor(INPUTS / valid.length));
  const refused: string[] = [];
  let sent = 0;
  const listed = { forms: 0, addresses: 0, headers: 0, generated: 0 };
  const began = Date.now();
  const all = inputs(plan, listed);
  const lane = async () => {
    for (let next = all.next(); !next.done && sent < INPUTS; next = all.next()) {
      const number = sent++;
      await tryInput(next.value);
      const one = number % every === 0 ? valid.shift() : undefined;
      if (one) await signValid(one, refused);
      if (number % 10_000 === 0) console.log(`${number} after ${Math.round((Date.now() - began) / 1_000)} s`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await inLanes(LANES, valid, (one) => signValid(one, refused));
  const lines = await inRawBytes(plan.random);
  const seconds = Math.round((Date.now() - began) / 1_000);

  const lost = await lostOf(validOnes());
  const again = await repeated();
  console.log(
    `${sent} inputs in ${seconds} s (${JSON.stringify(listed)}), ${lines.length} more as bare bytes; ` +
      `statuses ${JSON.stringify(Object.fromEntries([...statuses].sort()))}; ` +
      `${NAMES} real names in ${new Set(REAL_NAMES.map(({ script }) => script)).size} scripts: ` +
      `${refused.length} refused, ${lost.length} lost; 5xx: ${failed.length}, of which again, alone: ${again.length}`,
  );
  expect(again).toEqual([]);
  expect(unescaped.slice(0, 10)).toEqual([]);
  expect(refused).toEqual([]);
  expect(lost).toEqual([]);
  expect(lines.filter((line) => /^HTTP\/1\.1 5/.test(line))).toEqual([]);
  expect((await fetch(`${app.url}/api/ready`)).status).toBe(200);
});

/** Of those that met a 5xx, the ones that meet it again on their own: a busy machine answers 503 to harmless ones too. */
async function repeated(): Promise<string[]> {
  const again: string[] = [];
  for (const { input } of failed) {
    const { status } = await send(app.url, input);
    const { what, path, body } = input;
    if (status >= 500)
      again.push(`${status} ${what} ${path.slice(0, 200)} ${body?.toString().slice(0, 300) ?? ""}`);
  }
  return again;
}

function* inputs(plan: Plan, listed: Record<string, number>): Generator<Input> {
  const parts = {
    forms: listedInForms(plan),
    addresses: listedInAddresses(plan),
    headers: listedInHeaders(plan),
  };
  for (const [part, made] of Object.entries(parts)) {
    for (const input of made) {
      listed[part] = (listed[part] ?? 0) + 1;
      yield input;
    }
  }
  for (let number = 0; ; number++) {
    listed.generated = (listed.generated ?? 0) + 1;
    yield generatedInput(plan, number);
  }
}

async function signValid({ name, email }: Valid, refused: string[]): Promise<void> {
  const status = await post("/letters/uyghurs/sign?as=individual", individualForm(email, { fullName: name }));
  if (status !== 303) refused.push(`${status} ${name}`);
}

/** Those whose signature, name or queued mail is not in the database as it was sent. */
async function lostOf(all: Valid[]): Promise<string[]> {
  const lost: string[] = [];
  await inLanes(8, all, async ({ name, email }) => {
    const row = await db.signature.findFirst({
      where: { addressHash: addressHash(email) },
      include: { signatory: true, key: true },
    });
    const key = row?.key && decryptDataKey(row.id, row.key.wrapped);
    const typed = row?.signatory.typed;
    const kept = key && typed ? decryptSignatory(key, { typed, corrected: null }).name : undefined;
    const links = await db.confirmationLink.count({ where: { mailboxHash: row?.mailboxHash ?? "" } });
    if (kept !== cleanLine(name) || links !== 1) lost.push(`${name}: ${kept}`);
  });
  return lost;
}

async function inRawBytes(random: () => number): Promise<string[]> {
  const port = Number(new URL(app.url).port);
  const lines: string[] = [];
  await inLanes(
    8,
    Array.from({ length: RAW }, (_, place) => place + 1),
    async () => {
      lines.push(await sendBytes(port, rawBytes(random)));
    },
  );
  return lines;
}

it("escapes what is stored in every page, mail and answer, and runs none of it in a browser", async () => {
  await app.startWorker();
  const ids = await db.signature.findMany({
    where: { verifiedAt: { not: null } },
    select: { id: true },
    take: 400,
  });
  const pages = [
    ...["/", "/ar", "/letters/uyghurs", "/letters/uyghurs/sign?as=individual"],
    ...[1, 2, 3].flatMap((page) => [
      `/letters/uyghurs/signatories?page=${page}`,
      `/ar/letters/uyghurs/signatories?page=${page}`,
    ]),
  ];
  const own = [
    "/admin",
    ...["verified", "approved", "rejected", "hold", "pending"].map(
      (state) => `/admin/signatures?state=${state}`,
    ),
    ...["protection/blocklist", "protection/watchlist", "bulk", "team", "account"].map(
      (name) => `/admin/${name}`,
    ),
    ...ids.map(({ id }) => `/admin/letters/uyghurs/signatures/${publicId(id)}?state=verified`),
  ];
  let shown = 0;
  for (const path of [...pages, ...own]) {
    const { status, body } = await send(app.url, { method: "GET", path, headers: { cookie } });
    expect(status, path).toBeLessThan(500);
    expect(unescapedIn(body), path).toEqual([]);
    shown += body.split(OPEN).length - 1;
  }
  const mails = await settledMails();
  for (const { html, subject } of mails) {
    expect(unescapedIn(html), subject).toEqual([]);
    expect(subject).not.toContain(OPEN);
  }
  const inMails = mails.filter(({ html }) => html.includes(OPEN)).length;
  const { type, body } = await send(app.url, {
    method: "GET",
    path: "/api/v1/letters/uyghurs/signatories?limit=200",
    headers: {},
  });
  expect(type).toMatch(/^application\/json/);
  const names = (JSON.parse(body) as { signatories: { name: string }[] }).signatories.filter(({ name }) =>
    name.includes(CLOSE),
  ).length;
  const inBrowser = await lookWithBrowser([...pages, ...own.slice(0, 60)]);
  console.log(
    `${pages.length + own.length} pages show ${shown} hostile texts, ${names} names in the JSON, ` +
      `${inMails} of ${mails.length} mails; ${inBrowser} pages in Chromium; nothing unescaped, nothing ran`,
  );
  expect(shown).toBeGreaterThan(STORED);
  expect(names).toBeGreaterThan(STORED / 4);
});

/** Once the queue is empty; a valid signer's own mail holds nothing hostile, so a part of them is enough. */
async function settledMails() {
  await expect
    .poll(async () => (await app.mailbox.list()).length, { timeout: 120_000, interval: 2_000 })
    .toBeGreaterThan(Math.min(200, NAMES));
  return app.mailbox.list();
}

/** Opens pages with scripts on. @returns how many; fails where anything that was typed became part of a page's structure */
async function lookWithBrowser(paths: string[]): Promise<number> {
  const browser = await launchBrowser();
  try {
    const visitor = await newVisitor(browser);
    const [name = "", value = ""] = cookie.split("=");
    await visitor.addCookies([{ name, value, url: app.url }]);
    const page = await visitor.newPage();
    const told: string[] = [];
    const foreign: string[] = [];
    page.on("dialog", (dialog) => dialog.dismiss().then(() => void told.push(dialog.message())));
    page.on("console", (message) => {
      // A list that has no such page is a page that is not found.
      const isPage = message.location().url === page.url();
      if (message.type() === "error" && !isPage) told.push(message.text());
    });
    page.on("pageerror", (error) => told.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(app.url) && !request.url().startsWith("data:"))
        foreign.push(request.url());
    });
    for (const path of paths) {
      await page.goto(app.url + path, { waitUntil: "load" });
      expect(await page.title(), path).not.toBe("owned");
      const odd = await page.evaluate(
        () =>
          [...document.querySelectorAll("main *")].filter(
            (one) =>
              /^(script|iframe|object|embed|svg|img|base|marquee|video|audio)$/i.test(one.tagName) ||
              [...one.attributes].some(({ name: attribute }) => attribute.startsWith("on")),
          ).length,
      );
      expect(odd, path).toBe(0);
    }
    expect(foreign).toEqual([]);
    expect(told).toEqual([]);
    return paths.length;
  } finally {
    await browser.close();
  }
}
