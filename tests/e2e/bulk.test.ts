import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { publicId, readPublicId } from "@/lib/http/public-ids";
import { BATCH } from "@/lib/moderation/bulk/rules";
import { signLetter } from "@/lib/signatures/sign-letter";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { itemStates } from "../support/bulk-actions";
import { individual } from "../support/letters";
import { seeNow, waitingSignature } from "../support/moderators";
import { SCRIPTS, THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;

beforeAll(async () => {
  app = await startApp({ worker: false });
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

let count = 0;
const bot = (domain: string) =>
  individual({ email: `bot${++count}@${domain}`, name: `Botty McExample ${count}`, country: "DE" });

async function signedIn(choice: ContextChoice = {}, address?: string): Promise<Page> {
  const context = await newVisitor(browser, choice);
  await context.addCookies([{ name: SESSION_COOKIE, value: await validSession(address), url: app.url }]);
  return context.newPage();
}

/** Filters the queue by a mail domain, from the page of bulk actions. */
async function filter(page: Page, domain: string): Promise<void> {
  await page.goto(`${app.url}/admin/bulk`);
  await page.getByRole("link", { name: "Filter signatures" }).click();
  await page.getByText("Filters", { exact: true }).click();
  await page.getByLabel("Email domains").fill(domain);
  await page.getByRole("button", { name: "Show signatures" }).click();
  await page.waitForURL(/domains=/);
}

async function preview(page: Page, domain: string, operation = "Reject"): Promise<void> {
  await page.goto(`${app.url}/admin/signatures?state=verified&state=hold&state=pending&domains=${domain}`);
  await page.getByLabel("Do this with all").selectOption(operation);
  await page.getByRole("button", { name: "Preview bulk action" }).click();
  await page.getByRole("heading", { level: 2, name: "Run the action" }).waitFor();
}

async function run(page: Page, button: string): Promise<string> {
  await page.getByLabel("Reason").fill("One sender, many names.");
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("heading", { name: "Which signatures" }).waitFor();
  return readPublicId(page.url().split("/").at(-1));
}

describe.each(SCRIPTS)("a bulk action, JavaScript %s", (javaScript) => {
  it("begins from the filtered queue, previews, runs, shows the progress, and undoes", async () => {
    const domain = `bots-${javaScript}.example.net`;
    const now = new Date();
    const seen = await waitingSignature("uyghurs", bot(domain), now);
    await signLetter({ slug: "uyghurs", locale: "en", input: bot(domain), now });
    const page = await signedIn({ javaScript });
    await filter(page, "nobody.example.net");
    await page.getByText("No signatures match these filters").waitFor();
    await page.getByRole("button", { name: "Preview bulk action" }).click();
    await page.getByText("This action doesn’t change any signature").first().waitFor();
    await preview(page, domain);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("2 signatures chosen");
    expect(await page.getByText("Botty McExample").count()).toBe(2);
    await page.getByRole("button", { name: "Reject 2 signatures" }).click();
    await page.getByRole("link", { name: "Enter a reason" }).waitFor();
    const act = await run(page, "Reject 2 signatures");
    expect(await page.getByRole("status").textContent()).toBe("Running");
    await page.getByText("0 of 2").waitFor();
    expect((await seeNow(seen.signatureId)).state).toBe("VERIFIED");
    await app.startWorker();
    if (!javaScript) await untilDone(page, "Done");
    await page.getByText("1 signature was rejected.").waitFor();
    await page.getByText("1 signature was put on hold.").waitFor();
    expect(await seeNow(seen.signatureId)).toMatchObject({ state: "REJECTED" });
    await page.getByRole("button", { name: "Undo this action" }).click();
    await page.waitForLoadState();
    if (!javaScript) await untilDone(page, "Undone");
    await page.getByText("2 signatures are back as they were.").waitFor();
    expect(await seeNow(seen.signatureId)).toMatchObject({ state: "VERIFIED" });
    expect(await page.getByRole("button", { name: "Undo this action" }).count()).toBe(0);
    expect(await itemStates(act)).toEqual({ UNDONE: 2 });
    await app.killWorker();
    await page.context().close();
  });

  it.runIf(THOROUGH)("runs what was seen, whatever came meanwhile, and once", async () => {
    const domain = `changing-${javaScript}.example.net`;
    const now = new Date();
    const [one, other] = [
      await waitingSignature("uyghurs", bot(domain), now),
      await waitingSignature("uyghurs", bot(domain), now),
    ];
    const page = await signedIn({ javaScript });
    await preview(page, domain);
    const path = page.url();
    await waitingSignature("uyghurs", bot(domain), now);
    await db.signature.update({ where: { id: other.signatureId }, data: { revision: { increment: 1 } } });
    await page.goto(path);
    await page.getByRole("heading", { name: "1 signature chosen" }).waitFor();
    await page.getByText("1 has changed since").waitFor();
    const second = await page.context().newPage();
    await second.goto(path);
    const act = await run(page, "Reject 1 signature");
    await run(second, "Reject 1 signature");
    for (const each of [page, second]) await each.getByText("0 of 2").waitFor();
    await page.goBack();
    await page.goForward();
    await page.getByText("0 of 2").waitFor();
    const items = await db.bulkItem.findMany({ where: { bulkActionId: act }, select: { signatureId: true } });
    expect(items.map(({ signatureId }) => signatureId).sort()).toEqual(
      [one.signatureId, other.signatureId].sort(),
    );
    const runs = { action: "bulk.run", details: { path: ["bulkAction"], equals: act } };
    expect(await db.auditEntry.count({ where: runs })).toBe(1);
    await page.context().close();
  });
});

/** Holds a signature as a moderator's act does, while something else happens. */
async function withLock(id: string, act: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query("SELECT 1 FROM signature WHERE id = $1 FOR UPDATE", [id]);
  await act();
  await client.end();
}

/** Follows the page's own link until the act has come to a state. */
async function untilDone(page: Page, state: string): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if ((await page.getByRole("status").textContent()) === state) return;
    await pause(500);
    await page.goto(page.url());
  }
  throw new Error(`the act was never ${state}`);
}

// Another takes its work over once its heartbeat is late, which takes most of a minute.
describe.runIf(THOROUGH)("a killed worker", () => {
  it("leaves an act that another one ends, in both directions", async () => {
    const now = new Date();
    const total = BATCH * 3 + 11;
    for (let place = 0; place < total; place++)
      await signLetter({ slug: "uyghurs", locale: "en", input: bot("many-bots.example"), now });
    const page = await signedIn();
    await preview(page, "many-bots.example");
    const act = await run(page, `Reject ${total} signatures`);
    // Whoever holds the last signature stops the act in its last batch, and there the worker dies.
    const last = await db.bulkItem.findFirstOrThrow({
      where: { bulkActionId: act },
      orderBy: { signatureId: "desc" },
    });
    const killAtLastBatch = async (left: "WAITING" | "DONE") => {
      await withLock(last.signatureId, async () => {
        await app.startWorker();
        while ((await itemStates(act))[left] !== total % BATCH) await pause(20);
        await app.killWorker();
      });
      expect((await itemStates(act))[left]).toBe(total % BATCH);
      await app.startWorker();
    };
    await killAtLastBatch("WAITING");
    await page.getByText(`${total} signatures were put on hold.`).waitFor({ timeout: 60_000 });
    await app.killWorker();
    await page.getByRole("button", { name: "Undo this action" }).click();
    await page.getByRole("status").getByText("Being undone").waitFor();
    await killAtLastBatch("DONE");
    await page.getByText(`${total} signatures are back as they were.`).waitFor({ timeout: 60_000 });
    expect(await itemStates(act)).toEqual({ UNDONE: total });
    const entries = (action: string) =>
      db.auditEntry.count({ where: { action, details: { path: ["bulkAction"], equals: act } } });
    expect(await entries("signature.set-apart")).toBe(total);
    expect(await entries("signature.reinstate")).toBe(total);
    await app.killWorker();
    await page.context().close();
  });
});

describe("the pages of bulk actions", () => {
  it.runIf(THOROUGH)("lead from a signature to all of its mail domain", async () => {
    const [one] = [
      await waitingSignature("uyghurs", bot("alike.example.net"), new Date()),
      await waitingSignature("uyghurs", bot("alike.example.net"), new Date()),
    ];
    const page = await signedIn();
    await page.goto(`${app.url}/admin/letters/uyghurs/signatures/${publicId(one.signatureId)}`);
    await page.getByText("Email domain alike.example.net: 1 other signature").waitFor();
    await page.getByRole("link", { name: "Show them together" }).click();
    expect(await page.getByLabel("Email domains").inputValue()).toBe("alike.example.net");
    await page.getByRole("button", { name: "Preview bulk action" }).click();
    await page.getByRole("heading", { name: "2 signatures chosen" }).waitFor();
    await page.getByRole("link", { name: "Change the filters" }).click();
    expect(await page.getByLabel("Email domains").inputValue()).toBe("alike.example.net");
    await page.context().close();
  });

  it.runIf(THOROUGH).each(SCRIPTS)(
    "keep the filters on the way through the queue, JavaScript %s",
    async (javaScript) => {
      const domain = `way-${javaScript}.example.net`;
      for (let place = 0; place < 2; place++) await waitingSignature("uyghurs", bot(domain), new Date());
      const other = await waitingSignature("uyghurs", bot("other-way.example.net"), new Date());
      const page = await signedIn({ javaScript });
      await filter(page, domain);
      const lines = page.locator(".queue-lines > li");
      expect(await lines.count()).toBe(2);
      await lines.first().getByRole("link").click();
      await page.goBack();
      expect(await page.getByLabel("Email domains").inputValue()).toBe(domain);
      expect(await lines.count()).toBe(2);
      await page.goto(`${app.url}/admin/signatures?state=verified&state=hold&domains=${domain}`);
      await lines.first().getByRole("link").click();
      await page.getByRole("button", { name: "Approve", exact: true }).click();
      await page.waitForURL(/notice=approved/);
      // The other one that the filters match, and not the next of all.
      expect(page.url()).toContain(`domains=${domain}`);
      expect(page.url()).not.toContain(publicId(other.signatureId));
      expect(await lines.count()).toBe(1);
      await page.context().close();
    },
  );

  it.runIf(THOROUGH)("put on hold and release", async () => {
    const seen = await waitingSignature("uyghurs", bot("hold.example.net"), new Date());
    const row = () => db.signature.findUniqueOrThrow({ where: { id: seen.signatureId } });
    await app.startWorker();
    const page = await signedIn();
    await preview(page, "hold.example.net", "Put on hold");
    expect(await page.getByLabel("Reason").count()).toBe(0);
    await page.getByRole("button", { name: "Put 1 signature on hold" }).click();
    await page.getByText("1 signature was put on hold.").waitFor();
    expect(await row()).toMatchObject({ state: "VERIFIED", hold: "BULK" });
    await preview(page, "hold.example.net", "Release from hold");
    await page.getByRole("button", { name: "Release 1 signature" }).click();
    await page.getByText("1 signature was released.").waitFor();
    expect(await row()).toMatchObject({ state: "VERIFIED", hold: null });
    await page.getByRole("button", { name: "Undo this action" }).click();
    await page.getByText("1 signature is back as it was.").waitFor();
    expect(await row()).toMatchObject({ state: "VERIFIED", hold: "BULK" });
    await app.killWorker();
    await page.context().close();
  });
});
