import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LIMITS, UNCHECKED_WAITING } from "@/lib/abuse/limits/limits";
import { type App, startApp } from "../support/app";
import { launchBrowser, newVisitor } from "../support/browser";
import { runSql } from "../support/database";
import { inLanes } from "../support/post";
import { THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  await warmUp();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const FORM = "/letters/uyghurs/sign?as=individual";

const one = () =>
  fetch(`${app.url}${FORM}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: app.url },
    body: new URLSearchParams({
      fullName: "Ada Exampleton",
      email: "crowd@example.net",
      country: "GB",
      visibility: "public",
      consent: "on",
    }),
  });

/** The first of a kind takes long on a busy machine, and is answered with 503 then. */
const warmUp = () => vi.waitFor(async () => expect((await one()).status).toBe(303), { timeout: 60_000 });

/** As many signatures as put the letter, and the network, beyond their limits. */
async function press(): Promise<void> {
  const answers: Response[] = [];
  // A few at a time: all at once, of one address, some would be asked to come again.
  await inLanes(4, Array(LIMITS.signingsOfLetter.points + 1).fill(one), async (sign: typeof one) => {
    await expect
      .poll(
        async () => {
          const answer = await sign();
          if (answer.status !== 503) answers.push(answer);
          return answer.status;
        },
        { timeout: 60_000 },
      )
      .not.toBe(503);
  });
  expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get("location")}`))).toEqual(
    new Set(["303 /letters/uyghurs/sign/check-your-mailbox"]),
  );
}

const form = async () => (await fetch(`${app.url}${FORM}`)).text();
/** The page that was made while the letter was under pressure. */
const WANTED = /proofOfWorkWanted\\*":true/;

/** Forgets what was counted, in the database and, since the line for news breaks, in the process. */
async function calm(): Promise<void> {
  await runSql(app.databaseUrl, "TRUNCATE rate_limit");
  await runSql(
    app.databaseUrl,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await expect.poll(form, { timeout: 20_000 }).not.toMatch(WANTED);
}

/** Has as many signatures wait without a proof as there is room for, all of this network. */
async function fillPlaces(): Promise<void> {
  await runSql(
    app.databaseUrl,
    `WITH party AS (INSERT INTO signatory (id, kind)
       SELECT gen_random_uuid(), 'INDIVIDUAL' FROM generate_series(1, ${UNCHECKED_WAITING.most}) RETURNING id)
     INSERT INTO signature (id, letter_id, letter_version_id, signatory_id, locale, state, visibility, updates,
       consent_version, consent_at, submitted_at, expires_at, wide_network_hash, unchecked)
     SELECT gen_random_uuid(), g.letter_id, g.letter_version_id, party.id, g.locale, 'PENDING', g.visibility, false,
       g.consent_version, g.consent_at, g.submitted_at, g.expires_at, g.wide_network_hash, true
     FROM party, (SELECT * FROM signature WHERE unchecked AND state = 'PENDING' LIMIT 1) g`,
  );
}

async function fill(page: Page, email: string): Promise<void> {
  await page.fill("[name=fullName]", "Zoë Örnekoğlu");
  await page.fill("[name=email]", email);
  await page.selectOption("[name=country]", "GB");
  await page.check("[name=visibility][value=public]");
  await page.check("[name=consent]");
}

async function newest(): Promise<{ hold: string | null; state: string }> {
  const [row] = await runSql<{ hold: string | null; state: string }>(
    app.databaseUrl,
    "SELECT hold, state FROM signature ORDER BY id DESC LIMIT 1",
  );
  if (!row) throw new Error("no signature");
  return row;
}

const proofsOfWorkTaken = async () =>
  (await runSql(app.databaseUrl, "SELECT key FROM rate_limit WHERE key LIKE '%limit.proofOfWork.%'")).length;

async function visit(choice: { javaScript?: boolean } = {}) {
  const visitor = await newVisitor(browser, choice);
  const page = await visitor.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  // The first form takes long on a busy machine, and whoever asks too early is told to come again.
  await expect
    .poll(async () => (await page.goto(`${app.url}${FORM}`))?.status(), { timeout: 60_000 })
    .toBe(200);
  complaints.length = 0;
  return { page, complaints, asked };
}

describe("a proof of work", () => {
  it.runIf(THOROUGH)(
    "is made while somebody types, and not waited for while nothing is the matter",
    async () => {
      const { page, asked, complaints } = await visit();
      await page.route("**/api/proof", () => undefined);
      await fill(page, "calm@example.org");
      await expect.poll(() => asked).toContain("/api/proof");
      await page.click("form#sign button[type=submit]");
      await page.waitForURL("**/check-your-mailbox");
      expect(await proofsOfWorkTaken()).toBe(0);
      expect(await newest()).toEqual({ hold: null, state: "PENDING" });
      expect(complaints).toEqual([]);
    },
  );

  it("is made without a word where the server asks back", async () => {
    const { page, asked, complaints } = await visit();
    await fill(page, "back@example.org");
    await press();
    await page.click("form#sign button[type=submit]");
    await page.waitForURL("**/check-your-mailbox");
    expect(asked).toContain("/api/proof");
    expect(await newest()).toEqual({ hold: null, state: "PENDING" });
    expect(await proofsOfWorkTaken()).toBe(1);
    expect(complaints.filter((text) => !text.includes("409"))).toEqual([]);
  });

  it.runIf(THOROUGH)(
    "is begun while somebody types where the page knew, and once made is good once",
    async () => {
      // The form is kept for some seconds, unless its letter changes.
      await runSql(app.databaseUrl, "SELECT pg_notify('undersigned_changes', 'letter:uyghurs')");
      await expect.poll(form).toMatch(WANTED);
      const { page, asked, complaints } = await visit();
      expect(asked).not.toContain("/api/proof");
      await fill(page, "knew@example.org");
      await expect.poll(() => asked.includes("/api/proof")).toBe(true);
      await page.click("form#sign button[type=submit]");
      await page.waitForURL("**/check-your-mailbox");
      expect(await newest()).toEqual({ hold: null, state: "PENDING" });
      expect(await proofsOfWorkTaken()).toBe(2);
      expect(complaints).toEqual([]);
    },
  );

  it.runIf(THOROUGH)("tells what is going on, to everybody", async () => {
    const { page } = await visit();
    const told = page.getByRole("status").getByText("anti-spam check");
    await page.route("**/api/proof", async (route) => {
      await told.waitFor();
      await route.continue();
    });
    await fill(page, "told@example.org");
    await page.click("form#sign button[type=submit]");
    await told.waitFor();
    await page.waitForURL("**/check-your-mailbox");
  });

  it.runIf(THOROUGH)(
    "is tried again when it is sent, where it failed before; however many are behind one address",
    async () => {
      const { page } = await visit();
      const crowd = Array.from(
        { length: 250 },
        () => async () => (await fetch(`${app.url}/api/proof`)).status,
      );
      const statuses = new Set<number>();
      await inLanes(8, crowd, async (ask) => {
        statuses.add(await ask());
      });
      expect(statuses).toEqual(new Set([200]));
      let fails = 2;
      await page.route("**/api/proof", (route) => (fails-- > 0 ? route.abort() : route.continue()));
      const failed = page.waitForEvent("requestfailed");
      await fill(page, "again@example.org");
      await failed;
      await page.click("form#sign button[type=submit]");
      await page.waitForURL("**/check-your-mailbox");
      expect(fails).toBeLessThan(0);
      expect(await newest()).toEqual({ hold: null, state: "PENDING" });
    },
  );

  it("locks nobody out: without JavaScript, and where the browser cannot, the same page and the mail", async () => {
    const { page } = await visit({ javaScript: false });
    await fill(page, "plain@example.org");
    await page.click("form#sign button[type=submit]");
    await page.waitForURL("**/check-your-mailbox");
    expect(await newest()).toEqual({ hold: "UNCHECKED", state: "PENDING" });
    await app.mailbox.waitFor("plain@example.org");

    const other = await visit();
    await other.page.route("**/api/proof", (route) => route.abort());
    await fill(other.page, "unable@example.org");
    await other.page.click("form#sign button[type=submit]");
    await other.page.waitForURL("**/check-your-mailbox");
    expect(await newest()).toEqual({ hold: "UNCHECKED", state: "PENDING" });
    await app.mailbox.waitFor("unable@example.org");
  });

  it.runIf(THOROUGH)(
    "is all that helps where too many wait without one: others are told when to try again, and keep what they typed",
    async () => {
      await fillPlaces();
      const { page } = await visit({ javaScript: false });
      await fill(page, "later@example.org");
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === "POST"),
        page.click("form#sign button[type=submit]"),
      ]);
      expect(answer.status()).toBe(429);
      expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(3_600);
      await page.getByRole("alert").getByText("try again in 14 days").waitFor();
      expect(await page.inputValue("[name=email]")).toBe("later@example.org");
      expect(await page.inputValue("[name=fullName]")).toBe("Zoë Örnekoğlu");
      expect(await page.isChecked("[name=visibility][value=public]")).toBe(true);

      const other = await visit();
      await fill(other.page, "room@example.org");
      await other.page.click("form#sign button[type=submit]");
      await other.page.waitForURL("**/check-your-mailbox");
      expect(await newest()).toEqual({ hold: null, state: "PENDING" });
    },
  );

  it.runIf(THOROUGH)("is not wanted any more once the letter is left alone", async () => {
    await calm();
    const { page } = await visit();
    await page.route("**/api/proof", () => undefined);
    await fill(page, "after@example.org");
    await page.click("form#sign button[type=submit]");
    await page.waitForURL("**/check-your-mailbox");
    expect(await newest()).toEqual({ hold: null, state: "PENDING" });
  });
});
