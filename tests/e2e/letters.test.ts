import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { CLIPBOARDS } from "../fixtures/clipboards";
import { faultsOf } from "../support/accessibility";
import { SESSION_COOKIE, sessionOf, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { moderator } from "../support/moderators";
import { cases, THOROUGH } from "../support/tier";

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

async function owner(choice: ContextChoice = {}, address = "owner@example.org"): Promise<Page> {
  const context = await newVisitor(browser, choice);
  const value = await validSession(address, "OWNER");
  await context.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  return context.newPage();
}

async function leadsTo(path: string): Promise<[number, string | null]> {
  const { status, headers } = await fetch(app.url + path, { redirect: "manual" });
  return [status, headers.get("location")];
}

const BODY =
  "We ask for **three** things, for the 5 who are held.\n\n## Release\n\nRelease them now\n\n- today\n- all";
const filler =
  "We have written to you before, and we will write to you again until there is an answer. ".repeat(12);

/** Writes the whole body: into the plain field, or into the editor as a clipboard would. */
async function writeBody(page: Page, text: string, javaScript: boolean): Promise<void> {
  if (!javaScript) return page.locator("textarea[name=body]").fill(text);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+a");
  await paste(page, { "text/plain": text });
  expect(await bodyOf(page)).toBe(text);
}

const paste = (page: Page, clipboard: Record<string, string>) =>
  page.locator(".cm-content").evaluate((element, given) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, clipboard);

const bodyOf = (page: Page) => page.locator("textarea[name=body]").inputValue();

/** By keys and buttons, and from a word processor; undone again. */
async function formatsAndPastes(page: Page): Promise<void> {
  const before = await bodyOf(page);
  const editor = page.locator(".cm-content");
  await editor.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("strong");
  expect(await bodyOf(page)).toBe(`${before}**strong**`);
  await page.getByRole("button", { name: "Footnote", exact: true }).click();
  await page.keyboard.type("A note.");
  expect(await bodyOf(page)).toBe(`${before}**strong[^1]**\n\n[^1]: A note.`);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await paste(page, { "text/html": CLIPBOARDS[0]?.html ?? "", "text/plain": "plain" });
  await expect.poll(() => bodyOf(page)).toContain("  - in full");
  expect(await bodyOf(page)).toContain("[^2]: Letter of 3 May.");
  await page.locator(".letter-preview").getByRole("table").waitFor();
  // The editor says its styles by the page's nonce, and nothing is asked of anybody.
  expect(await editor.evaluate((element) => getComputedStyle(element).whiteSpace)).toContain("break-spaces");
  await page.getByText("We left out 1 picture. To add it, open “Add a picture” below").waitFor();
  // What is typed in one go is undone in one, and a slow machine pauses.
  for (let times = 0; times < 20 && (await bodyOf(page)) !== before; times++)
    await page.keyboard.press("Control+z");
  expect(await bodyOf(page)).toBe(before);
}

/** @returns the picture's name */
async function addsPicture(page: Page, javaScript: boolean): Promise<string> {
  // Each its own: the same bytes are one picture, and public as soon as one letter shows it.
  const dot = sharp({ create: { width: javaScript ? 40 : 44, height: 20, channels: 3, background: "#369" } });
  await page.getByText("Add a picture", { exact: true }).click();
  const file = { name: "dam.png", mimeType: "image/png", buffer: await dot.png().toBuffer() };
  await page.getByLabel("Picture file").setInputFiles(file);
  const upload = page.getByRole("button", { name: "Upload the picture" });
  if (javaScript) {
    await upload.click();
    await page.getByText("Say in one sentence what the picture shows.").first().waitFor();
    await page.getByLabel("What the picture shows").fill("A dam");
    await upload.click();
    await page.getByText("The picture is in the text.").waitFor();
  } else {
    const typed = await bodyOf(page);
    await page.getByLabel("What the picture shows").fill("A dam");
    const [answer] = await Promise.all([page.context().waitForEvent("page"), upload.click()]);
    const line = await answer.locator("[data-added] label input").inputValue();
    await answer.close();
    // What was being written is still there.
    expect(await bodyOf(page)).toBe(typed);
    await writeBody(page, `${typed}\n\n${line}`, javaScript);
    await page.getByRole("button", { name: "Preview" }).click();
  }
  await page.locator(".letter-preview").getByRole("img", { name: "A dam" }).waitFor();
  return /pictures\/(\w+\.webp)/.exec(await bodyOf(page))?.[1] ?? "";
}

/** Who has the link reads the draft with its picture, until it is ended; the public has neither. */
async function sharesDraft(page: Page, visitor: Page, picture: string, javaScript: boolean): Promise<void> {
  await page.getByText(/^Preview link/).click();
  await page.getByRole("button", { name: "Save and make a link" }).click();
  const link = await page.getByLabel("Copy this link now").inputValue();
  const answer = await visitor.goto(link);
  expect(answer?.headers()).toMatchObject({ "cache-control": "no-store" });
  await visitor.getByText("This letter is not published").waitFor();
  const source = await visitor.getByRole("img", { name: "A dam" }).getAttribute("src");
  const sent = await visitor.request.get(`${app.url}${source}`);
  expect([sent.status(), sent.headers()["content-type"]]).toEqual([200, "image/webp"]);
  expect(await visitor.locator("meta[name=robots]").getAttribute("content")).toContain("noindex");
  expect(await visitor.locator("meta[name=referrer]").getAttribute("content")).toBe("no-referrer");
  if (javaScript) expect(await faultsOf(visitor)).toEqual([]);
  expect((await visitor.request.get(`${app.url}/pictures/${picture}`)).status()).toBe(404);
  await page.getByRole("button", { name: "End it now" }).click();
  await page.getByRole("button", { name: "End it now" }).waitFor({ state: "detached" });
  expect((await visitor.goto(link))?.status()).toBe(410);
  await visitor.getByRole("heading", { name: "This link to a draft no longer works" }).waitFor();
}

describe.each(
  cases([
    // The whole way with scripts is in `first-start`; here what is written, and how.
    ["with JavaScript", true],
    ["without JavaScript", false],
  ] as const),
)("an organiser %s", (_, javaScript) => {
  it("writes, publishes, changes, extends, closes, reopens and takes down a letter", async () => {
    const slug = `a-letter-${javaScript ? "one" : "two"}`;
    const page = await owner({ javaScript });
    const done = (words: string) => page.getByRole("status").filter({ hasText: words }).waitFor();
    const open = (tab: string) => page.goto(`${app.url}/admin/letters/${slug}${tab}`);
    const publicPage = await (await newVisitor(browser, { javaScript })).newPage();
    /** Changes reach readers within two seconds. */
    const sees = (words: string, path = "", count = 1) =>
      expect
        .poll(
          async () => {
            await read(path);
            return publicPage.getByText(words).count();
          },
          { timeout: 10_000 },
        )
        .toBe(count);
    const read = (path = "") => publicPage.goto(`${app.url}/letters/${slug}${path}`);

    await page.goto(`${app.url}/admin/letters`);
    await page.getByRole("link", { name: "Write a new letter" }).click();
    const title = `A letter ${javaScript ? "one" : "two"}`;
    await page.getByLabel("Title").fill(title.replace("letter ", "letter\n"));
    if (javaScript) await page.getByLabel("Title").press("Enter");
    await page.getByLabel("Organiser", { exact: true }).fill("Example Coalition");
    await page.getByRole("button", { name: "Start writing" }).click();
    await done("Started. Write the text now.");
    expect(await page.getByLabel("Title").inputValue()).toBe(title);

    await page.getByLabel("Summary").fill("In short: release them.");
    await page.getByRole("textbox", { name: "To", exact: true }).fill("To the minister\nTo the parliament");
    await page.getByRole("textbox", { name: "Letter", exact: true }).fill(`${BODY}\n\n${filler}`);
    if (!javaScript) await page.getByRole("button", { name: "Preview" }).click();
    await page.locator(".letter-preview").getByRole("heading", { name: "Release" }).waitFor();
    expect(await page.locator(".letter-preview strong").textContent()).toBe("three");
    if (javaScript) await page.getByText(/^Saved \d\d:\d\d$/).waitFor();
    expect(await page.locator("textarea[name=body]").inputValue()).toContain("Release them now");
    if (javaScript) await formatsAndPastes(page);
    const picture = await addsPicture(page, javaScript);
    await sharesDraft(page, publicPage, picture, javaScript);
    if (javaScript) return;
    await page.getByRole("button", { name: "Save and go to publish" }).click();
    expect((await read())?.status()).toBe(404);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await done("Published.");
    await sees("In short: release them.");
    await publicPage.getByRole("heading", { level: 1, name: "A letter" }).waitFor();
    expect(await publicPage.getByText("Version 1").count()).toBe(0);

    const change = async (from: string, to: string, size: RegExp, reason: string, number: number) => {
      await open("/text");
      await writeBody(page, (await bodyOf(page)).replace(from, to), javaScript);
      await page.getByRole("button", { name: "Save and go to publish" }).click();
      await page.getByText(size).waitFor();
      await page.getByLabel("Reason for the change").fill(reason);
      await page.getByRole("button", { name: `Publish version ${number}` }).click();
      await done("Published.");
    };
    await change("answer. We", "answer; we", /^A small change: 1 of/, "A slip of the pen.", 2);
    await sees("Version 2 of the text");
    const form = await (await newVisitor(browser, { javaScript })).newPage();
    await form.goto(`${app.url}/letters/${slug}/sign?as=individual`);
    await change("the 5 who", "the 7 who", /^A large change/, "Two more are held.", 3);

    await sees("Version 3 of the text");
    await publicPage.getByRole("link", { name: "Version 3 of the text" }).click();
    await publicPage.getByText("Two more are held.").waitFor();
    expect(await publicPage.locator(".difference del").textContent()).toContain("5");
    expect(await publicPage.locator(".difference ins").textContent()).toContain("7");
    expect(await publicPage.locator(".difference del").count()).toBe(1);
    expect((await read("/versions/4"))?.status()).toBe(404);

    await form.getByLabel("Full name").fill("Ada Exampleton");
    await form.locator("[name=country]").selectOption("GB");
    await form.getByLabel("Your email address").fill(`ada@${slug}.example`);
    await form.check("[name=visibility][value=public]");
    await form.check("[name=consent]");
    const send = () => form.getByRole("button", { name: /Sign/ }).click();
    await send();
    await form.getByRole("link", { name: "Read what changed" }).waitFor();
    expect(await form.getByLabel("Full name").inputValue()).toBe("Ada Exampleton");
    expect(await db.signature.count({ where: { letter: { slug } } })).toBe(0);
    await send();
    await form.waitForURL(/check-your-mailbox/);
    const [signature] = await db.signature.findMany({
      where: { letter: { slug } },
      include: { version: true },
    });
    expect(signature?.version.number).toBe(3);

    await open("/settings");
    await page.getByLabel("Closes").fill("2031-12-31T23:59");
    await page.getByRole("button", { name: "Save times" }).click();
    await done("The times are saved.");
    await sees("You can sign until the end of 31 December 2031");
    await page.getByLabel("Date").fill("2026-11-20");
    await page.getByLabel("What happened").fill("Handed to the minister");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await done("The timeline is changed.");
    await page.getByLabel("Closing note").fill("Thank you.\nWe will report.");
    await page.getByRole("button", { name: "Close the letter" }).click();
    await page.getByText("Tick this box if you mean it.").first().waitFor();
    await page.getByLabel("Yes, close the letter now").check();
    await page.getByRole("button", { name: "Close the letter" }).click();
    await done("The letter is closed.");
    await sees("We will report.");
    await publicPage.getByText("Handed to the minister").waitFor();
    expect(await page.getByLabel("Closes").inputValue()).toBe("2031-12-31T23:59");
    await page.getByLabel("Closes").fill("");
    await page.getByRole("button", { name: "Open again" }).click();
    await done("The letter is open again.");
    await sees("We will report.", "", 0);

    await page.getByLabel("End of the address").fill(`${slug}-moved`);
    await page.getByRole("button", { name: "Change the address" }).click();
    await done("The address is changed.");
    await expect
      .poll(async () => {
        await read("/signatories");
        return publicPage.url();
      })
      .toBe(`${app.url}/letters/${slug}-moved/signatories`);
    for (const rest of ["/signatories?country=GB&q=ada", "/sign?as=individual", "/sign/check-your-mailbox"])
      expect(await leadsTo(`/letters/${slug}${rest}`)).toEqual([308, `/letters/${slug}-moved${rest}`]);
    for (const rest of ["", "/signatories?limit=5"])
      expect(await leadsTo(`/api/v1/letters/${slug}${rest}`)).toEqual([
        308,
        `/api/v1/letters/${slug}-moved${rest}`,
      ]);
    await publicPage.goto(`${app.url}/letters`);
    await publicPage.getByRole("link", { name: "A letter" }).first().waitFor();

    await page.getByLabel("What the page says").fill("We were wrong.");
    await page.getByLabel("Yes, take the letter and its list down now").check();
    await page.getByRole("button", { name: "Take the letter down" }).click();
    await done("The letter has been taken down.");
    await sees("We were wrong.", "-moved");
    expect((await read("-moved"))?.status()).toBe(410);
    await page.getByRole("button", { name: "Publish it again" }).click();
    await done("The letter is published again.");
    for (const visitor of [page, publicPage, form]) await visitor.context().close();
  });

  it.runIf(THOROUGH)(
    "sees both texts when somebody else has saved in the meantime, and nothing is lost",
    async () => {
      const [one, other] = [await owner({ javaScript }), await owner({ javaScript }, "second@example.org")];
      await one.goto(`${app.url}/admin/letters/new`);
      await one.getByLabel("Title").fill(`Two at once ${javaScript}`);
      await one.getByLabel("Organiser", { exact: true }).fill("Example Coalition");
      await one.getByRole("button", { name: "Start writing" }).click();
      await one.getByRole("status").waitFor();
      await other.goto(one.url());
      const body = (page: Page) => page.getByRole("textbox", { name: "Letter", exact: true });
      await body(one).fill("One says this.");
      await one.getByRole("button", { name: "Save", exact: true }).click();
      await one.getByText("Saved.", { exact: true }).waitFor();
      await body(other).fill("The other says that.");
      await other.getByRole("button", { name: "Save", exact: true }).click();
      await other.getByRole("heading", { name: "Someone else saved another text" }).waitFor();
      await other.locator(".difference").getByText("One says this.").waitFor();
      expect(await other.locator("textarea[name=body]").inputValue()).toBe("The other says that.");
      await other.getByRole("button", { name: "Save", exact: true }).click();
      await other.getByText("Saved.", { exact: true }).waitFor();
      for (const page of [one, other]) await page.context().close();
    },
  );
});

it.runIf(THOROUGH)("keeps and saves what is typed before the scripts have come", async () => {
  const page = await owner({}, "early@example.org");
  const typed = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await typed.promise;
    await route.continue();
  });
  await page.goto(`${app.url}/admin/letters/uyghurs/text`, { waitUntil: "commit" });
  const body = page.getByRole("textbox", { name: "Letter", exact: true });
  const text = `${await body.inputValue()}\n\nTyped early.`;
  await body.fill(text);
  typed.resolve();
  await page.getByText(/^Saved \d\d:\d\d$/).waitFor();
  expect(await bodyOf(page)).toBe(text);
  await page.context().close();
});

it("gives the text back to one whose session ended while they wrote without JavaScript", async () => {
  const page = await owner({ javaScript: false }, "third@example.org");
  await page.goto(`${app.url}/admin/letters/uyghurs/text`);
  await page.getByRole("textbox", { name: "Letter", exact: true }).fill("Hours of work.");
  const { id } = await moderator("third@example.org", "OWNER");
  await db.adminSession.deleteMany({ where: { adminId: id } });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { name: "Your text is not saved yet" }).waitFor();
  expect(await page.locator("textarea[name=body]").inputValue()).toBe("Hours of work.");
  const value = await sessionOf(id);
  await page.context().addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  await page.getByRole("button", { name: "Save now" }).click();
  await page.getByText("Saved.", { exact: true }).waitFor();
  expect((await db.letterDraft.findFirstOrThrow({ where: { letter: { slug: "uyghurs" } } })).body).toBe(
    "Hours of work.",
  );
  await page.context().close();
});
