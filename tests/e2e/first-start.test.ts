import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { faultsOf } from "../support/accessibility";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";

let app: App;
let browser: Browser;

beforeAll(async () => {
  app = await startApp({ worker: false, sample: false });
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

async function owner(choice: ContextChoice): Promise<Page> {
  const context = await newVisitor(browser, choice);
  const value = await validSession("admin@example.org", "OWNER");
  await context.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  return context.newPage();
}

/** Counts what an owner meets on the way: pages, presses, and required fields, those filled in beforehand too. */
function counting(page: Page) {
  const counts = { pages: 1, presses: 0, required: 0, typed: 0 };
  page.on("load", () => counts.pages++);
  return {
    counts,
    press: async (role: "link" | "button", name: string) => {
      counts.presses++;
      await page.getByRole(role, { name, exact: true }).click();
    },
    fill: async (label: string, text: string) => {
      counts.typed++;
      await page.getByRole("textbox", { name: label, exact: true }).fill(text);
    },
    /** The fields of a form that must be filled in. */
    fields: async (form: string) => {
      counts.required += await page.locator(`#${form} :is(input, textarea, select)[required]`).count();
    },
  };
}

describe("an empty site", () => {
  it("greets, and leads its owner in six pages to a published letter, without JavaScript", async () => {
    const reader = await (await newVisitor(browser, {})).newPage();
    await reader.goto(app.url);
    await reader.getByRole("heading", { name: "No letter has been published yet" }).waitFor();
    expect(await reader.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe("/admin/sign-in");
    await reader.goto(`${app.url}/privacy`);
    await reader.getByText("The organiser has not filled in this part yet.").waitFor();
    expect(await faultsOf(reader)).toEqual([]);

    const page = await owner({ javaScript: false });
    await page.goto(`${app.url}/admin`);
    const { counts, press, fill, fields } = counting(page);
    await page.getByRole("heading", { name: "Your first letter in four steps" }).waitFor();
    await press("link", "Say who you are");
    await fields("basics");
    await fill("Name of the organiser", "Example Coalition");
    await fill("Email address for readers", "us@coalition.example");
    expect(await page.getByRole("textbox", { name: "Privacy" }).inputValue()).toContain(
      "withdraw at any time",
    );
    await press("button", "Save and go on");

    await page.getByRole("heading", { name: "A new letter" }).waitFor();
    expect(await page.getByLabel("Organiser", { exact: true }).inputValue()).toBe("Example Coalition");
    await fields("create");
    await fill("Title", "The first letter");
    await press("button", "Start writing");

    await page.getByText("Started. Write the text now.").waitFor();
    await fields("text");
    await fill("Summary", "In short: release them.");
    await fill("To", "To the minister");
    await fill("Letter", "Release them **now**.");
    await press("button", "Save and go to publish");
    await press("button", "Publish");
    await page.getByText("Published.").waitFor();
    expect(counts.pages).toBeLessThanOrEqual(6);
    // Six to type; privacy text, language, organiser and title again are filled in already.
    expect(counts).toMatchObject({ typed: 6, presses: 5 });
    expect(counts.required).toBeLessThanOrEqual(10);

    await expect
      .poll(async () => {
        await reader.goto(app.url);
        return reader.getByRole("heading", { level: 1 }).textContent();
      })
      .toBe("The first letter");
    await page.goto(`${app.url}/admin`);
    expect(await page.getByText("Your first letter in four steps").count()).toBe(0);
  });

  it("does not open a letter while the site does not say who runs it", async () => {
    await db.site.deleteMany();
    await db.$executeRaw`SELECT pg_notify('undersigned_changes', 'site')`;
    const page = await owner({ javaScript: true });
    await page.goto(`${app.url}/admin/letters/new`);
    await page.getByLabel("Title").fill("Second");
    await page.getByLabel("Organiser", { exact: true }).fill("Example Coalition");
    await page.getByRole("button", { name: "Start writing" }).click();
    await page.getByLabel("Summary").fill("In short.");
    await page.getByRole("textbox", { name: "To", exact: true }).fill("To all");
    await page.getByRole("textbox", { name: "Letter", exact: true }).fill("Text.");
    await page.getByRole("button", { name: "Save and go to publish" }).click();
    await page.getByText("Before you can publish, say who you are:").waitFor();
    expect(await page.getByRole("button", { name: "Publish" }).count()).toBe(0);
    await page.getByRole("link", { name: "An email address for readers" }).click();
    await page.waitForURL(/\/admin\/site#basics-contact$/);
    await page.getByLabel("Name of the organiser").fill("Example Coalition");
    await page.getByLabel("Email address for readers").fill("us@coalition.example");
    await page.getByRole("button", { name: "Save and go on" }).click();
    await page.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  });
});

describe("an owner", () => {
  it("who comes second sees both, and decides", async () => {
    const [one, other] = [await owner({ javaScript: true }), await owner({ javaScript: true })];
    for (const page of [one, other]) await page.goto(`${app.url}/admin/site`);
    const save = (page: Page) => page.locator("#organiser").getByRole("button", { name: "Save" }).click();
    await one.getByLabel("Postal address").fill("1 First Street");
    await save(one);
    await one.getByRole("status").filter({ hasText: "Saved." }).waitFor();
    await other.getByLabel("Postal address").fill("2 Second Street");
    await save(other);
    await other.getByText("Nothing has been overwritten.").waitFor();
    await other.getByText("1 First Street").waitFor();
    expect(await other.getByLabel("Postal address").inputValue()).toBe("2 Second Street");
    await save(other);
    await other.getByRole("status").filter({ hasText: "Saved." }).waitFor();
    expect((await db.site.findUniqueOrThrow({ where: { id: 1 } })).postalAddress).toBe("2 Second Street");
  });
});
