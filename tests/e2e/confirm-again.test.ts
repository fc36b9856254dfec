import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { moveEarlier } from "@/lib/signatures/confirm-again/move-earlier";
import { tellSignatories } from "@/lib/signatures/confirm-again/tell-signatories";
import { faultsOf } from "../support/accessibility";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { launchBrowser, newVisitor } from "../support/browser";
import { individual, openLetter } from "../support/letters";
import { linkIn } from "../support/mailbox";
import { moderator, waitingSignature } from "../support/moderators";

let app: App;
let browser: Browser;

beforeAll(async () => {
  app = await startApp();
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const inTime = (ms: number) => new Date(Date.now() + ms);

it("asks those who signed again after a number was changed: one signs the new text, one does not", async () => {
  const { slug } = await openLetter({}, new Date());
  const signed = async (name: string, email: string) => {
    const seen = await waitingSignature(slug, individual({ name, email }), new Date());
    await approveSignature({ admin: await moderator(), seen, asExpert: false, now: new Date() });
  };
  await signed("Ada Exampleton", "ada@again.example");
  await signed("Ben Late", "ben@again.example");

  const organiser = await newVisitor(browser, {});
  const value = await validSession("owner@example.org", "OWNER");
  await organiser.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  const page = await organiser.newPage();
  await page.goto(`${app.url}/admin/letters/${slug}/text`);
  // As with the keyboard: the editor has not yet seen what a program selects at once.
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("Release the 7 who are held.");
  expect(await page.locator("textarea[name=body]").inputValue()).toBe("Release the 7 who are held.");
  await page.getByRole("button", { name: "Save and go to publish" }).click();
  await page.getByText("2 people who signed are emailed what changed and asked").waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel("Reason for the change").fill("Two more are held.");
  await page.getByLabel("Last day to answer").fill(
    inTime(2 * DAY)
      .toISOString()
      .slice(0, 10),
  );
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await page.getByText("Choose a day that is 7 to 365 days from now").first().waitFor();
  expect(await page.getByLabel("Reason for the change").inputValue()).toBe("Two more are held.");
  await page.getByLabel("Last day to answer").fill(
    inTime(30 * DAY)
      .toISOString()
      .slice(0, 10),
  );
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await page.getByRole("status").filter({ hasText: "Published." }).waitFor();

  while ((await tellSignatories(inTime(11 * MINUTE))) > 0);
  const reader = await (await newVisitor(browser, {})).newPage();
  const list = async (query = "") => {
    await reader.goto(`${app.url}/letters/${slug}/signatories${query}`);
    return (await reader.locator(".names").allInnerTexts()).join();
  };
  await expect
    .poll(() => list(), { timeout: 10_000 })
    .toMatch(/Ada Exampleton[\s\S]*signed version 1[\s\S]*Ben Late[\s\S]*signed version 1/);

  const mail = await app.mailbox.waitFor("ada@again.example");
  expect(mail.subject).toBe("Please confirm again: “Example Letter”");
  expect(mail.text).toMatch(/\[removed: Text\.\]\s+\[added: Release the 7 who are held\.\]/);
  const ada = await (await newVisitor(browser, { javaScript: false })).newPage();
  await ada.goto(linkIn(mail, "/signatures/"));
  await ada.locator(".difference ins").waitFor();
  expect(await db.signature.count({ where: { letter: { slug }, version: { number: 2 } } })).toBe(0);
  await ada.getByRole("button", { name: "Sign version 2" }).click();
  await ada.getByText("Thank you. You have signed version 2 of the text.").waitFor();
  await expect
    .poll(() => list(), { timeout: 10_000 })
    .not.toMatch(/Ada Exampleton[\s\S]*signed version 1[\s\S]*Ben Late/);

  while ((await moveEarlier(inTime(32 * DAY))) > 0);
  await expect.poll(() => list(), { timeout: 10_000 }).not.toContain("Ben Late");
  await reader.getByRole("link", { name: "1 more name" }).click();
  await reader.getByText("We don’t count them").waitFor();
  expect(await reader.locator(".names").innerText()).toMatch(/Ben Late[\s\S]*signed version 1/);
  await reader.goto(`${app.url}/letters/${slug}`);
  expect(await reader.locator(".headline").first().innerText()).toMatch(/\b1\b/);

  const ben = await (await newVisitor(browser, {})).newPage();
  await ben.goto(linkIn(await app.mailbox.waitFor("ben@again.example"), "/signatures/"));
  await ben.getByText("We don’t count your signature now").waitFor();
  await ben.getByRole("button", { name: "Sign version 2" }).waitFor();
  expect(await faultsOf(ben)).toEqual([]);
  const shot = async (name: string) => {
    const pictures = process.env.PICTURES;
    if (!pictures) return;
    for (const width of [360, 1280]) {
      await ben.setViewportSize({ width, height: 900 });
      await ben.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
    }
  };
  await shot("manage");
  await ben.getByRole("link", { name: "Withdraw" }).click();
  await ben.getByRole("link", { name: "Keep my signature" }).waitFor();
  await shot("withdraw");
  expect(await faultsOf(ben)).toEqual([]);
  await ben.getByRole("button", { name: "Withdraw my signature" }).click();
  await ben.getByRole("heading", { name: "This signature was withdrawn or deleted" }).waitFor();
  await expect.poll(() => list("?kind=earlier"), { timeout: 10_000 }).not.toContain("Ben Late");
});
