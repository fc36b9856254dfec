import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { moveEarlier } from "@/lib/signatures/confirm-again/move-earlier";
import { tellSignatories } from "@/lib/signatures/confirm-again/tell-signatories";
import { faultsOf } from "../support/accessibility";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { individual } from "../support/letters";
import { linkIn } from "../support/mailbox";
import { moderator, waitingSignature } from "../support/moderators";
import { cases, THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;

beforeAll(async () => {
  app = await startApp({ sample: false });
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

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const inTime = (ms: number) => new Date(Date.now() + ms);
const dayIn = (days: number) =>
  inTime(days * DAY)
    .toISOString()
    .slice(0, 10);

describe("an empty site", () => {
  it("leads its owner in six pages to a published letter, which is signed, changed, closed, opened and taken down", async () => {
    const reader = await (await newVisitor(browser, {})).newPage();
    await reader.goto(app.url);
    await reader.getByRole("heading", { name: "No letter has been published yet" }).waitFor();
    expect(await reader.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe("/admin/sign-in");
    await reader.goto(`${app.url}/privacy`);
    await reader.getByText("The organiser has not filled in this part yet.").waitFor();
    expect(await faultsOf(reader)).toEqual([]);

    const page = await owner({});
    const done = (words: string) => page.getByRole("status").filter({ hasText: words }).waitFor();
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

    await done("Started. Write the text now.");
    await fields("text");
    await fill("Summary", "In short: release them.");
    await fill("To", "To the minister");
    await write(page, TEXT);
    counts.typed++;
    await page.getByText(/^Saved \d\d:\d\d$/).waitFor();

    // A picture and a link for others are no part of the shortest way.
    const soFar = { ...counts };
    await page.getByText("Add a picture").click();
    const dot = await sharp({ create: { ...LOGO, width: 40, height: 20 } })
      .png()
      .toBuffer();
    await page
      .getByLabel("Picture file")
      .setInputFiles({ name: "dam.png", mimeType: "image/png", buffer: dot });
    await page.getByLabel("What the picture shows").fill("A dam");
    await page.getByRole("button", { name: "Upload the picture" }).click();
    await page.getByText("The picture is in the text.").waitFor();
    await page.getByText(/^Preview link/).click();
    await page.getByRole("button", { name: "Save and make a link" }).click();
    await reader.goto(await page.getByLabel("Copy this link now").inputValue());
    await reader.getByText("This letter is not published").waitFor();
    await reader.getByRole("img", { name: "A dam" }).waitFor();
    Object.assign(counts, soFar);

    await press("button", "Save and go to publish");
    await press("button", "Publish");
    await done("Published.");
    expect(counts.pages).toBeLessThanOrEqual(6);
    // Six to type; privacy text, language, organiser and title again are filled in already.
    expect(counts).toMatchObject({ typed: 6, presses: 5 });
    expect(counts.required).toBeLessThanOrEqual(10);

    /** Changes reach readers within two seconds. */
    const sees = (path: string, words: string | RegExp) =>
      expect
        .poll(async () => {
          await reader.goto(app.url + path);
          return reader.locator("body").innerText();
        })
        .toMatch(words);
    await sees("/", /The first letter[\s\S]*Release the 5 who are held/);
    await reader.getByRole("img", { name: "A dam" }).waitFor();
    await reader.getByText("A report of May.").waitFor();
    const slug = "the-first-letter";

    // Signed, confirmed and approved.
    await reader.goto(`${app.url}/letters/${slug}/sign?as=individual`);
    await reader.getByLabel("Full name").fill("Ada Exampleton");
    await reader.locator("[name=country]").selectOption("GB");
    await reader.getByLabel("Your email address").fill("ada@again.example");
    await reader.check("[name=visibility][value=public]");
    await reader.check("[name=consent]");
    await reader.locator("form#sign button[type=submit]").click();
    await reader.waitForURL("**/check-your-mailbox");
    await reader.goto(linkIn(await app.mailbox.waitFor("ada@again.example"), "/confirm"));
    await reader.locator("form#confirm button[type=submit]").click();
    await reader.locator("form#confirm").waitFor({ state: "detached" });
    await page.goto(`${app.url}/admin/letters/${slug}/signatures`);
    await page.getByRole("link", { name: "Ada Exampleton" }).click();
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await done("Approved.");
    await sees(`/letters/${slug}/signatories`, "Ada Exampleton");
    const seen = await waitingSignature(
      slug,
      individual({ name: "Ben Late", email: "ben@again.example" }),
      new Date(),
    );
    await approveSignature({ admin: await moderator(), seen, asExpert: false, now: new Date() });

    // A comma touches nobody; another number asks again.
    const change = async (from: string, to: string) => {
      await page.goto(`${app.url}/admin/letters/${slug}/text`);
      await write(page, (await page.locator("textarea[name=body]").inputValue()).replace(from, to));
      await page.getByRole("button", { name: "Save and go to publish" }).click();
    };
    await change("now. Please", "now; Please");
    await page.getByText("Only spaces or punctuation change.").waitFor();
    await page.getByLabel("Reason for the change").fill("A slip of the pen.");
    await page.getByRole("button", { name: "Publish version 2" }).click();
    await done("Published.");
    await change("the 5 who", "the 7 who");
    await page.getByText("2 people who signed are emailed what changed and asked").waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel("Reason for the change").fill("Two more are held.");
    await page.getByLabel("Last day to answer").fill(dayIn(2));
    await page.getByRole("button", { name: "Publish version 3" }).click();
    await page.getByText("Choose a day that is 7 to 365 days from now").first().waitFor();
    expect(await page.getByLabel("Reason for the change").inputValue()).toBe("Two more are held.");
    await page.getByLabel("Last day to answer").fill(dayIn(30));
    await page.getByRole("button", { name: "Publish version 3" }).click();
    await done("Published.");
    while ((await tellSignatories(inTime(11 * MINUTE))) > 0);

    const list = async (query = "") => {
      await reader.goto(`${app.url}/letters/${slug}/signatories${query}`);
      return (await reader.locator(".names").allInnerTexts()).join();
    };
    await expect
      .poll(() => list())
      .toMatch(/Ada Exampleton[\s\S]*signed version 1[\s\S]*Ben Late[\s\S]*signed version 1/);
    const mail = await app.mailbox.waitFor("ada@again.example", 3);
    expect(mail.subject).toBe("Please confirm again: “The first letter”");
    expect(mail.text).toMatch(/\[removed: 5\][\s\S]*\[added: 7\]/);
    const ada = await (await newVisitor(browser, { javaScript: false })).newPage();
    await ada.goto(linkIn(mail, "/signatures/"));
    await ada.locator(".difference ins").first().waitFor();
    await ada.getByRole("button", { name: "Sign version 3" }).click();
    await ada.getByText("Thank you. You have signed version 3 of the text.").waitFor();
    await expect.poll(() => list()).not.toMatch(/Ada Exampleton[\s\S]*signed version 1[\s\S]*Ben Late/);
    while ((await moveEarlier(inTime(32 * DAY))) > 0);
    await expect.poll(() => list()).not.toContain("Ben Late");
    await reader.getByRole("link", { name: "1 more name" }).click();
    await reader.getByText("We don’t count them").waitFor();
    expect(await reader.locator(".names").innerText()).toMatch(/Ben Late[\s\S]*signed version 1/);

    const ben = await (await newVisitor(browser, {})).newPage();
    await ben.goto(linkIn(await app.mailbox.waitFor("ben@again.example"), "/signatures/"));
    await ben.getByText("We don’t count your signature now").waitFor();
    await ben.getByRole("button", { name: "Sign version 3" }).waitFor();
    expect(await faultsOf(ben)).toEqual([]);

    // Extended, closed with a note, opened again, taken down.
    await page.goto(`${app.url}/admin/letters/${slug}/settings`);
    await page.getByLabel("Closes").fill("2031-12-31T23:59");
    await page.getByRole("button", { name: "Save times" }).click();
    await done("The times are saved.");
    await sees(`/letters/${slug}`, "until the end of 31 December 2031");
    await page.getByLabel("Closing note").fill("Thank you.\nWe will report.");
    await page.getByLabel("Yes, close the letter now").check();
    await page.getByRole("button", { name: "Close the letter" }).click();
    await done("The letter is closed.");
    await sees(`/letters/${slug}`, "We will report.");
    expect(await page.getByLabel("Closes").inputValue()).toBe("2031-12-31T23:59");
    await page.getByRole("button", { name: "Open again" }).click();
    await done("The letter is open again.");
    await sees(`/letters/${slug}`, "until the end of 31 December 2031");
    await page.getByLabel("What the page says").fill("We were wrong.");
    await page.getByLabel("Yes, take the letter and its list down now").check();
    await page.getByRole("button", { name: "Take the letter down" }).click();
    await done("The letter has been taken down.");
    await sees(`/letters/${slug}`, "We were wrong.");
    expect((await reader.goto(`${app.url}/letters/${slug}`))?.status()).toBe(410);
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

const TEXT = `Release the 5 who are held.[^1] They are innocent, and they must be free now. Please act.

${"We have written to you before, and we will write to you again until there is an answer. ".repeat(6)}

[^1]: A report of May.`;

/** As with the keyboard: the editor does not yet see what a program selects at once. */
async function write(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
  expect(await page.locator("textarea[name=body]").inputValue()).toBe(text);
}

describe("an owner", () => {
  it.runIf(THOROUGH)(
    "sets logo, colour, links and texts, which every public page shows at once",
    async () => {
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
      for (const path of cases(["/privacy", "/imprint", "/accessibility", "/ar/privacy"])) {
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
    },
  );

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
