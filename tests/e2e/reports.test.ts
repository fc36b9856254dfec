import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { faultsOf } from "../support/accessibility";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, countryBox, launchBrowser, newVisitor } from "../support/browser";
import { individual, openLetter } from "../support/letters";
import { linkIn } from "../support/mailbox";
import { moderator, waitingSignature } from "../support/moderators";
import { THOROUGH } from "../support/tier";

// What goes wrong with a name, and what becomes of data, on a phone.
const PHONE = { viewport: { width: 360, height: 740 } };
const ADA = "ada@reports.example";
const NEIL = "neil@neighbours.example";

let app: App;
let browser: Browser;
let letter: { id: string; slug: string };
let list: string;
let reader: Page;

beforeAll(async () => {
  app = await startApp();
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
  letter = await openLetter({}, new Date());
  list = `${app.url}/letters/${letter.slug}/signatories`;
  const input = individual({ name: "Ada Exampleton", email: ADA, country: "TW" });
  const seen = await waitingSignature(letter.slug, input, new Date());
  await approveSignature({ admin: await moderator(), seen, asExpert: false, now: new Date() });
  reader = await (await newVisitor(browser, PHONE)).newPage();
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

async function signedIn(address: string, role: "MODERATOR" | "OWNER", choice: ContextChoice = PHONE) {
  const context = await newVisitor(browser, choice);
  const value = await validSession(address, role);
  await context.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  return context.newPage();
}

async function names() {
  await reader.goto(list);
  return reader.locator("main").innerText();
}

const shot = async (page: Page, name: string) => {
  const pictures = process.env.PICTURES;
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};

it("a name that a stranger reports stays until a moderator decides; its own mailbox hides it at once", async () => {
  const neil = await (await newVisitor(browser, PHONE)).newPage();
  await neil.goto(list);
  await neil.getByRole("link", { name: "Report that the entry of Ada Exampleton is not genuine" }).click();
  const object = neil.locator("form#object");
  await object.getByLabel("Message to the moderators").fill("She is my neighbour and never signed.");
  await object.getByRole("button", { name: "Send the report" }).click();
  await neil.locator(".error-summary").waitFor();
  expect(await object.getByLabel("Message to the moderators").inputValue()).toContain("neighbour");
  expect(await faultsOf(neil)).toEqual([]);
  await object.getByLabel("Your email address").fill(NEIL);
  await object.getByRole("button", { name: "Send the report" }).click();
  await neil.getByRole("heading", { name: "One more step: open our email" }).waitFor();
  await neil.goto(linkIn(await app.mailbox.waitFor(NEIL), "/objections/"));
  expect(await db.objection.count({ where: { state: "OPEN" } }), "opening a link changes nothing").toBe(0);
  await neil.locator("form#confirm-objection button").click();
  await expect.poll(() => db.objection.count({ where: { state: "OPEN", own: false } })).toBe(1);
  expect(await names()).toContain("Ada Exampleton");
  const told = await app.mailbox.waitFor(ADA, 2);
  expect(`${told.subject} ${told.text}`).not.toMatch(/neighbour|neil/);

  // In Arabic, without scripts.
  const ada = await (await newVisitor(browser, { ...PHONE, javaScript: false })).newPage();
  await ada.goto(list.replace(app.url, `${app.url}/ar`));
  expect(await ada.locator("html").getAttribute("dir")).toBe("rtl");
  await ada.locator("a.name-objection").click();
  await ada.locator("form#object input[name=email]").fill(ADA);
  await ada.locator("form#object button[type=submit]").click();
  await ada.waitForURL(/sent=1/);
  await shot(ada, "reported-ar");
  await ada.goto(linkIn(await app.mailbox.waitFor(ADA, 3), "/objections/"));
  await ada.locator("form#confirm-objection button").click();
  await expect.poll(names, { timeout: 10_000 }).not.toContain("Ada Exampleton");

  const desk = await signedIn("mona@example.org", "MODERATOR");
  await desk.goto(`${app.url}/admin`);
  await desk.getByText("Someone says that 1 entry is not genuine. Decide.").waitFor();
  await desk.goto(`${app.url}/admin/objections`);
  expect(await desk.locator("main .rows > li").count(), "two reports, one decision").toBe(1);
  await desk.getByText("Hidden for now").waitFor();
  await desk.getByText("She is my neighbour and never signed.").waitFor();
  expect(await faultsOf(desk)).toEqual([]);
  await shot(desk, "objections");
  await desk.getByRole("button", { name: "Keep the entry" }).click();
  await desk.getByText("Kept. We email everyone who reported it.").waitFor();
  await expect.poll(names, { timeout: 10_000 }).toContain("Ada Exampleton");
  expect((await app.mailbox.waitFor(NEIL, 2)).text).toContain("kept the entry");
});

it.runIf(THOROUGH)(
  "an owner names a country as the site wants it, and it is called so where people sign and read",
  async () => {
    const owner = await signedIn("admin@example.org", "OWNER");
    await owner.goto(`${app.url}/admin/site`);
    await owner.locator("select#country").selectOption("TW");
    await owner.getByRole("button", { name: "Choose the name" }).click();
    await owner.getByRole("heading", { name: "Taiwan", exact: true }).waitFor();
    const form = owner.locator("form#countries");
    await form.getByLabel("Taiwan in English").fill("x".repeat(81));
    await form.getByRole("button", { name: "Save the names" }).click();
    await owner.locator(".error-summary").waitFor();
    await form.getByLabel("Taiwan in English").fill("Formosa");
    await form.getByLabel("Taiwan in Arabic").fill("فورموزا");
    await form.getByRole("button", { name: "Save the names" }).click();
    await owner.getByText("Saved.").waitFor();
    await owner.getByRole("link", { name: "Change the names of Taiwan" }).waitFor();
    expect(await faultsOf(owner)).toEqual([]);
    await shot(owner, "site");
    await expect.poll(names, { timeout: 10_000 }).toContain("Formosa");
    const arabic = await fetch(list.replace(app.url, `${app.url}/ar`));
    expect(await arabic.text()).toContain("فورموزا");

    await reader.goto(`${app.url}/letters/${letter.slug}/sign?as=individual`);
    const country = await countryBox(reader);
    for (const typed of ["formo", "taiwa", "فورم"]) {
      await country.fill(typed);
      await reader.getByRole("option", { name: "Formosa" }).waitFor();
    }
    await reader.getByText("How do I withdraw?").click();
    await reader.getByRole("link", { name: "Ask for your link" }).waitFor();
    await shot(reader, "consent");
  },
);

it.runIf(THOROUGH)(
  "an owner finds, hands over and deletes what is stored of a person, and sees what is deleted next",
  async () => {
    const days = (count: number) => new Date(Date.now() - count * 86_400_000);
    await openLetter({ slug: "closed-letter", opensAt: days(60), closesAt: days(20) }, days(60));
    const owner = await signedIn("admin@example.org", "OWNER");
    await owner.goto(`${app.url}/admin/data`);
    await owner.getByText("If an owner confirms it, everything but the public record is deleted").waitFor();
    expect(await faultsOf(owner)).toEqual([]);
    await shot(owner, "data");
    await owner.getByRole("button", { name: "Confirm this deletion" }).click();
    await owner.getByRole("button", { name: "Cancel this deletion" }).waitFor();
    const find = async (email: string) => {
      await owner.goto(`${app.url}/admin/data`);
      await owner.locator("form#find").getByLabel("Email address").fill(email);
      await owner.locator("form#find button").click();
    };
    await find(NEIL);
    await owner.getByText("Stored under this address: no signatures, 1 report.").waitFor();
    await owner.getByText("She is my neighbour and never signed.").waitFor();
    expect(await faultsOf(owner)).toEqual([]);
    expect(owner.url()).not.toMatch(/neil|neighbours/);
    await shot(owner, "person");
    const download = owner.waitForEvent("download");
    await owner.getByRole("link", { name: "Download everything (JSON)" }).click();
    expect((await download).suggestedFilename()).toBe("personal-data.json");
    await owner.getByText("Delete what they wrote permanently").click();
    await owner.getByRole("button", { name: "Delete permanently" }).click();
    await owner.getByText("Deleted permanently.").waitFor();
    await find(NEIL);
    await owner.getByText("Nothing is stored under this address.").first().waitFor();

    await find(ADA);
    await owner.getByText("1 signature, 1 report").waitFor();
    await owner.getByText("Delete all this permanently").click();
    await owner.getByRole("button", { name: "Delete permanently" }).first().click();
    await owner.getByText("Deleted permanently.").waitFor();
    await expect.poll(names, { timeout: 10_000 }).not.toContain("Ada Exampleton");
  },
);
