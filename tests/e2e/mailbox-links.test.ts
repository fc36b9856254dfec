import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailboxHash } from "@/lib/signatures/claim";
import { type App, startApp } from "../support/app";
import { launchBrowser, newVisitor } from "../support/browser";
import { runSql } from "../support/database";
import { linkIn } from "../support/mailbox";
import { individualForm, organisationForm, post } from "../support/post";
import { cases, THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const FORM = "/letters/uyghurs/sign?as=individual";
const STRANGER = "192.0.2.66";

/** Posts as a program does. */
const asOrganisation = (email: string, name: string, network = STRANGER) =>
  post(app.url, "/letters/uyghurs/sign?as=organisation", organisationForm(email, name), network);
const asIndividual = (email: string, fullName: string, network = STRANGER, more: object = {}) =>
  post(app.url, FORM, individualForm(email, { fullName, ...more }), network);

/** Time passes for what was sent and for what waits. */
async function pass(minutes: number): Promise<void> {
  const ago = `interval '${minutes} minutes'`;
  const moved = `ARRAY(SELECT t - ${ago} FROM unnest(sent_at) t ORDER BY t)`;
  // One by one: the worker locks several of them in an order of its own.
  for (const { key } of await runSql<{ key: string }>(
    app.databaseUrl,
    "SELECT address_hash AS key FROM address_mail",
  ))
    await runSql(app.databaseUrl, `UPDATE address_mail SET sent_at = ${moved} WHERE address_hash = $1`, [
      key,
    ]);
  await runSql(app.databaseUrl, `UPDATE confirmation_link SET mailed_at = mailed_at - ${ago}`);
  await runSql(app.databaseUrl, `UPDATE signature SET submitted_at = submitted_at - ${ago}`);
  await runSql(
    app.databaseUrl,
    `UPDATE mail SET not_before = not_before - ${ago}, queued_at = queued_at - ${ago} WHERE state = 'HELD'`,
  );
}

const linkTo = async (email: string, mails: number) =>
  linkIn(await app.mailbox.waitFor(email, mails), "/confirm");
const stateOf = (email: string) =>
  runSql<{ state: string }>(
    app.databaseUrl,
    `SELECT state FROM signature WHERE mailbox_hash = '${mailboxHash(email)}' ORDER BY submitted_at`,
  );
const boxes = (page: Page) => page.locator(".entry input[type=checkbox]");
const entry = (page: Page, name: string) =>
  page.locator(".entry", { has: page.locator("h2", { hasText: name }) });
const tick = (page: Page, name: string) => entry(page, name).locator("input[type=checkbox]").check();
async function confirm(page: Page): Promise<void> {
  await page.locator("form#confirm button[type=submit]").click();
  // The words may be there from the time before.
  await page.locator(".entry input:checked").first().waitFor({ state: "detached" });
  await page
    .getByText(/confirmed/)
    .first()
    .waitFor();
}

describe.each(
  cases([
    ["with scripts", true],
    ["without scripts", false],
  ] as const),
)("a mailbox, %s", (_, javaScript) => {
  const run = javaScript ? "scripts" : "plain";
  const open = async (path: string) => {
    const page = await (await newVisitor(browser, { javaScript })).newPage();
    await page.goto(path);
    return page;
  };

  it.runIf(THOROUGH)(
    "whose day strangers have spent by inventing organisations: its owner's entry is behind any link",
    async () => {
      const email = `victim-${run}@example.org`;
      for (const name of ["One", "Two", "Three"]) {
        expect((await asOrganisation(email, `Invented ${name}`)).status).toBe(303);
        await pass(11);
      }
      expect((await asIndividual(email, "Ada Victim", "198.51.100.7")).status).toBe(303);
      const page = await open(await linkTo(email, 2));
      expect(await boxes(page).count()).toBe(4);
      expect(
        await boxes(page).evaluateAll((all) => all.some((one) => (one as HTMLInputElement).checked)),
      ).toBe(false);
      await tick(page, "Ada Victim");
      await confirm(page);
      expect((await stateOf(email)).map(({ state }) => state)).toEqual([
        "PENDING",
        "PENDING",
        "PENDING",
        "VERIFIED",
      ]);
      await page.context().close();
    },
  );

  it("of a secretariat signs for five organisations with one mail", async () => {
    const email = `secretariat-${run}@example.org`;
    for (const name of ["One", "Two", "Three", "Four", "Five"])
      await asOrganisation(email, `Member ${name} ${run}`);
    const page = await open(await linkTo(email, 1));
    expect(await boxes(page).count()).toBe(5);
    for (const box of await boxes(page).all()) await box.check();
    await confirm(page);
    expect((await stateOf(email)).every(({ state }) => state === "VERIFIED")).toBe(true);
    await page.context().close();
  });

  it.each(
    cases([
      ["Ada One", "Ben Two"],
      ["Ben Two", "Ada One"],
    ] as const),
  )("of two people lets both sign, %s first", async (first, second) => {
    const email = `couple-${run}-${first.slice(0, 3).toLowerCase()}@example.org`;
    for (const name of [first, second]) await asIndividual(email, name);
    const page = await open(await linkTo(email, 1));
    for (const name of [first, second]) {
      await tick(page, name);
      await confirm(page);
    }
    expect((await stateOf(email)).map(({ state }) => state)).toEqual(["VERIFIED", "VERIFIED"]);
    await page.context().close();
  });

  it.runIf(THOROUGH)(
    "corrects an organisation's name: the wrong entry is deleted by its owner, and nothing overwrites anything",
    async () => {
      const email = `corrected-${run}@example.org`;
      await asOrganisation(email, `Exampel Trust ${run}`);
      const link = await linkTo(email, 1);
      await asOrganisation(email, `Example Trust ${run}`);
      const page = await open(link);
      await entry(page, "Example").getByText("This looks like a correction of your earlier entry").waitFor();
      // What looks like a slip shows at once how to delete it.
      await entry(page, "Exampel").getByRole("button", { name: "Delete this entry" }).click();
      await entry(page, "Exampel").waitFor({ state: "detached" });
      await tick(page, "Example Trust");
      await confirm(page);
      const states = await runSql<{ state: string }>(
        app.databaseUrl,
        "SELECT state FROM signature ORDER BY id DESC LIMIT 2",
      );
      expect(states.map(({ state }) => state)).toEqual(["VERIFIED", "WITHDRAWN"]);
      await page.context().close();
    },
  );

  it.runIf(THOROUGH)("whose used link is forwarded shows nothing that was planted after it", async () => {
    const email = `forwarded-${run}@example.org`;
    await asIndividual(email, "Ada Forward");
    const link = await linkTo(email, 1);
    const page = await open(link);
    await confirm(page);
    await asIndividual(email, "Planted Name", "203.0.113.5", { visibility: "public" });
    await page.goto(link);
    expect(await page.locator("main").innerText()).not.toContain("Planted");
    expect(await boxes(page).count()).toBe(0);
    await page.context().close();
  });

  it.runIf(THOROUGH)(
    "reads what strangers typed as words, right to left and on a small screen too",
    async () => {
      const email = `inert-${run}@example.org`;
      await asIndividual(email, "Ada evil.example", STRANGER, {
        comment: "see https://evil.example/now <b>here</b>",
      });
      const link = await linkTo(email, 1);
      for (const address of [link, link.replace("/signatures/", "/ar/signatures/")]) {
        const page = await open(address);
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await page.locator(".entry a[href*=evil], .entry b").count()).toBe(0);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        expect(await page.evaluate(() => document.documentElement.dir)).toBe(
          address === link ? "ltr" : "rtl",
        );
        await page.context().close();
      }
    },
  );

  it("is confirmed and cleared by the keyboard alone, and says what to do where nothing is ticked", async () => {
    const email = `keys-${run}@example.org`;
    for (const name of ["Ada Keys", "Ben Keys"]) await asIndividual(email, name);
    const page = await open(await linkTo(email, 1));
    await page.locator("form#confirm button[type=submit]").focus();
    await page.keyboard.press("Enter");
    await page.getByText("Tick each entry that you want to confirm.").first().waitFor();
    await boxes(page).first().focus();
    await page.keyboard.press("Space");
    await page.locator("form#confirm button[type=submit]").focus();
    await page.keyboard.press("Enter");
    await page
      .getByText(/confirmed/)
      .first()
      .waitFor();
    await page.context().close();
  });
});

it("a domain that a network floods keeps mails for its members", async () => {
  const domain = "campus.example";
  // The other one's signings need a proof of work by now, and their mails count elsewhere.
  const flooding = "198.51.100.30";
  await asIndividual(`first@${domain}`, "Ada First", flooding);
  await app.mailbox.waitFor(`first@${domain}`, 1);
  await runSql(
    app.databaseUrl,
    `UPDATE address_mail SET sent_at = array_fill(now(), ARRAY[300]), networks = array_fill('x'::text, ARRAY[300])
     WHERE address_hash LIKE 'domain:%' OR address_hash LIKE '% at domain:%'`,
  );
  await asIndividual(`flooded@${domain}`, "Ada Flooded", flooding);
  await asIndividual(`member@${domain}`, "Ada Member", "198.51.100.20");
  await app.mailbox.waitFor(`member@${domain}`, 1);
  expect((await app.mailbox.list()).filter((mail) => JSON.stringify(mail).includes("flooded@"))).toEqual([]);
});
