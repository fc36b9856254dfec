import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
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

const refusedStyles = (page: Page) => {
  const messages: string[] = [];
  page.on("console", (message) => message.type() === "error" && messages.push(message.text()));
  return () => messages.filter((text) => /Content Security Policy/i.test(text));
};

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
  it("sets logo, colour, links and texts, which every public page shows at once", async () => {
    const page = await owner({ javaScript: true });
    const refused = refusedStyles(page);
    const reader = await (await newVisitor(browser, { colourScheme: "dark" })).newPage();
    const refusedThere = refusedStyles(reader);
    const file = join(tmpdir(), `undersigned-logo-${process.pid}.png`);
    await writeFile(file, await sharp({ create: LOGO }).png().toBuffer());
    await page.goto(`${app.url}/admin/site`);
    /** Saves, and waits for the page that says so: the one before may have said so too. */
    const save = async (name: string, form = "main") => {
      const loaded = page.waitForEvent("load");
      await page.locator(form).getByRole("button", { name, exact: true }).click();
      await loaded;
      await page.getByRole("status").filter({ hasText: "Saved." }).waitFor();
    };

    await page
      .locator("#logo-logo")
      .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("no") });
    await page.getByRole("button", { name: "Save the logo" }).click();
    await page.getByText("This file is not a PNG, JPEG or WebP picture.").first().waitFor();
    const large = { name: "a.png", mimeType: "image/png", buffer: Buffer.alloc(1_100_000) };
    await page.locator("#logo-logo").setInputFiles(large);
    await page.getByRole("button", { name: "Save the logo" }).click();
    await page.getByText("This picture is larger than 1 MB.").first().waitFor();
    await page.locator("#logo-logo").setInputFiles(file);
    await page.getByLabel("What the picture shows").fill("A raised hand");
    await save("Save the logo");

    await page.getByLabel("Colour of links and buttons").fill("145");
    const sample = page.locator(".accent-sample.light .button");
    expect(await sample.evaluate((one) => getComputedStyle(one).backgroundColor)).not.toBe(
      "rgb(29, 63, 148)",
    );
    expect(await faultsOf(page)).toEqual([]);
    await save("Save the colour");
    await page.getByLabel("Words of link 1").fill("Donate");
    await page.getByRole("button", { name: "Save the links" }).click();
    await page.getByText("Fill in this field.").first().waitFor();
    await page.getByLabel("Address of link 1").fill("coalition.example.org/give");
    await save("Save the links");
    await page.getByLabel("Who runs this site").fill("Register **12345**");
    await save("Save", "#texts");
    await page.getByLabel("Time zone").selectOption("Europe/London");
    await save("Save", "#defaults");
    expect(refused()).toEqual([]);

    const shown = async () => {
      await reader.goto(app.url);
      return reader.getByRole("link", { name: "Donate" }).count();
    };
    await expect.poll(shown).toBe(1);
    const [logo, accent] = [reader.getByAltText("A raised hand"), reader.locator("footer a").first()];
    expect(await logo.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(640);
    expect(await accent.evaluate((one) => getComputedStyle(one).color)).not.toBe("rgb(171, 194, 255)");
    for (const path of ["/imprint", "/privacy", "/accessibility", "/ar/privacy", "/letters"]) {
      await reader.goto(app.url + path);
      expect([path, await faultsOf(reader)]).toEqual([path, []]);
    }
    await reader.goto(`${app.url}/imprint`);
    expect(await reader.locator(".about strong").textContent()).toBe("12345");
    const sheet = await reader.locator('link[data-precedence="accent"]').getAttribute("href");
    const answer = await fetch(app.url + sheet);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect(answer.headers.get("content-type")).toContain("text/css");
    expect(refusedThere()).toEqual([]);

    await save("Remove the logo");
    await expect.poll(async () => (await reader.goto(app.url)) && reader.locator(".logo").count()).toBe(0);
  });

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

const LOGO = {
  width: 1_200,
  height: 240,
  channels: 4,
  background: { r: 10, g: 90, b: 60, alpha: 1 },
} as const;
