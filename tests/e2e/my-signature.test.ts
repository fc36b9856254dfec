import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { faultsOf } from "../support/accessibility";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { launchBrowser, newVisitor } from "../support/browser";
import { individual, openLetter } from "../support/letters";
import { linkIn } from "../support/mailbox";
import { moderator, waitingSignature } from "../support/moderators";
import { THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;
let slug: string;
let reader: Page;
const PHONE = { viewport: { width: 360, height: 740 } };

beforeAll(async () => {
  app = await startApp();
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
  slug = (await openLetter({}, new Date())).slug;
  reader = await (await newVisitor(browser, {})).newPage();
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

/** As if the mail about showing a name had left a day ago. */
const dayLater = () =>
  db.mail.updateMany({
    where: { message: "show-proposed", state: "SENT" },
    data: { doneAt: new Date(Date.now() - 25 * 3_600_000) },
  });

async function signed(name: string, email: string) {
  const seen = await waitingSignature(slug, individual({ name, email }), new Date());
  await approveSignature({ admin: await moderator(), seen, asExpert: false, now: new Date() });
  return seen.signatureId;
}

/** The mail with a subject, once it has come. */
async function mailed(to: string, subject: string) {
  const find = async () => (await app.mailbox.listTo(to)).find((mail) => mail.subject.startsWith(subject));
  await expect.poll(find, { timeout: 30_000 }).toBeDefined();
  return (await find()) as NonNullable<Awaited<ReturnType<typeof find>>>;
}

const list = async () => {
  await reader.goto(`${app.url}/letters/${slug}/signatories`);
  return reader.locator("main").innerText();
};
const shot = async (page: Page, name: string) => {
  const pictures = process.env.PICTURES;
  if (!pictures) return;
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
  }
};

it("without JavaScript: hides at once, is shown again by a moderator, and withdraws in two clicks", async () => {
  await signed("Ada Exampleton", "ada@mine.example");
  const ada = await (await newVisitor(browser, { ...PHONE, javaScript: false })).newPage();
  const link = linkIn(await mailed("ada@mine.example", "Approved"), "/signatures/");
  await ada.goto(link);
  await ada.getByText("We count your signature and show it in the public list.").waitFor();
  expect(await list()).toContain("Ada Exampleton");
  await ada.getByRole("button", { name: "Hide my name" }).click();
  await ada.getByText("Your name is hidden.").waitFor();
  await expect.poll(list, { timeout: 10_000 }).not.toContain("Ada Exampleton");

  await ada.getByRole("button", { name: "Ask to show it" }).click();
  await ada.getByRole("heading", { name: "Your name is waiting to be shown" }).waitFor();
  await mailed("ada@mine.example", "Someone asked to show your name");
  const staff = await newVisitor(browser, {});
  const value = await validSession("mona@example.org", "MODERATOR");
  await staff.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  const desk = await staff.newPage();
  await desk.goto(`${app.url}/admin/signatures`);
  await desk.getByRole("heading", { name: "1 change is waiting" }).waitFor();
  await desk.locator(".queue-changes a").click();
  await desk.getByRole("heading", { name: "The signatory wants the name shown" }).waitFor();
  // The mail has left a moment before its outcome is stored.
  const approve = desk.getByRole("button", { name: "Approve and show exactly this" });
  const offered = async () => {
    await desk.reload();
    return desk.getByText("You can approve this from").count();
  };
  await expect.poll(offered, { timeout: 10_000 }).toBe(1);
  expect(await approve.count()).toBe(0);
  await dayLater();
  await desk.reload();
  if (THOROUGH) expect(await faultsOf(desk)).toEqual([]);
  await shot(desk, "change");
  await approve.click();
  await desk.getByText("The correction is made, and we emailed the signatory.").waitFor();
  await expect.poll(list, { timeout: 10_000 }).toContain("Ada Exampleton");

  await ada.goto(link);
  await db.letter.updateMany({ data: { withdrawalsShown: true } });
  await ada.getByRole("link", { name: "Withdraw…" }).click();
  await ada.getByLabel("Say in the list that I withdrew").check();
  await ada.getByRole("button", { name: "Withdraw my signature" }).click();
  await ada.getByRole("heading", { name: "Your signature is withdrawn" }).waitFor();
  await ada.getByText("24 hours after our email about it at the earliest").waitFor();
  await desk.goto(link);
  if (THOROUGH) expect(await faultsOf(desk)).toEqual([]);
  await shot(desk, "line");
  await ada.getByRole("button", { name: "Remove the line about Ada Exampleton" }).click();
  await ada.getByText("does not say that Ada Exampleton withdrew").waitFor();
  await expect.poll(list, { timeout: 10_000 }).not.toContain("Ada Exampleton");
  await mailed("ada@mine.example", "Withdrawn: your signature on “Example Letter”");
  // Forwarded to somebody, or found later.
  expect((await ada.goto(link))?.status()).toBe(410);
  expect((await ada.goto(`${link}/data`))?.status()).toBe(404);
});

it.runIf(THOROUGH)(
  "without JavaScript: reports a name, and confirms it by the link that was mailed, discreetly or not",
  async () => {
    await signed("Cleo Reported", "cleo@mine.example");
    const visitor = await (await newVisitor(browser, { javaScript: false })).newPage();
    await visitor.goto(`${app.url}/letters/${slug}/signatories`);
    await visitor
      .getByRole("link", { name: "Report that the entry of Cleo Reported is not genuine" })
      .click();
    await visitor.getByLabel("Your email address").fill("reporter@gmail.com");
    await visitor.getByRole("button", { name: "Send the report" }).click();
    await visitor.getByRole("heading", { name: "One more step: open our email" }).waitFor();
    const link = linkIn(await mailed("reporter@gmail.com", "Please confirm: an entry"), "/objections/");
    expect((await visitor.goto(link.replace("/objections/", "/m/")))?.status()).toBe(200);
    expect(visitor.url()).toBe(link);
    expect((await visitor.goto(link.replace(app.url, `${app.url}/ar`)))?.status()).toBe(200);
    expect((await visitor.goto(link))?.status()).toBe(200);
    await visitor.getByRole("button", { name: "Confirm" }).click();
    await visitor.getByRole("heading", { name: "Thank you" }).waitFor();
    expect(await visitor.getByText("doesn’t show this entry").count()).toBe(0);
    expect(await db.objection.count({ where: { state: "OPEN" } })).toBe(1);
    // A wrong link says what somebody does who reports.
    const wrong = await visitor.goto(`${app.url}/objections/${"0".repeat(25)}`);
    expect(wrong?.status()).toBe(404);
    await visitor.getByText("send your report again").waitFor();
  },
);

it("with JavaScript: asks for the link, corrects, stops it, takes the data, and moves to another address", async () => {
  const id = await signed("Ben Other", "ben@mine.example");
  const context = await newVisitor(browser, PHONE);
  const ben = await context.newPage();
  await ben.goto(`${app.url}/signatures`);
  await ben.getByLabel("Your email address").fill("ben@mine.example");
  await ben.getByRole("button", { name: "Email me a new link" }).click();
  await ben.getByRole("heading", { name: "Check your email" }).waitFor();
  const link = linkIn(await mailed("ben@mine.example", "Your link for “Example Letter”"), "/signatures/");
  await ben.goto(link);
  expect(await faultsOf(ben)).toEqual([]);
  await shot(ben, "mine");
  await ben.getByText("Correct what you entered").click();
  await ben.getByLabel("Name", { exact: true }).fill("");
  await ben.getByRole("button", { name: "Send the corrections" }).click();
  await ben.locator(".error-summary").waitFor();
  expect(await ben.getByLabel("Position (optional)").inputValue()).toBe("Reader");
  await ben.getByLabel("Name", { exact: true }).fill("Ben Corrected");
  await ben.getByRole("button", { name: "Send the corrections" }).click();
  await ben.getByRole("heading", { name: "Your corrections are waiting" }).waitFor();
  await shot(ben, "waiting");
  await ben.getByRole("button", { name: "Stop this change" }).click();
  await ben.getByText("The change to your entry is stopped.").waitFor();
  expect(await db.proposal.count({ where: { signatureId: id, state: "WAITING" } })).toBe(0);

  const file = await (await context.request.get(`${link}/download`)).json();
  const receipt = await (await context.request.get(`${link}/receipt`)).json();
  expect(receipt.receipts[0].receipt.events[0].event_state).toBe("given");
  expect(file.signatures).toMatchObject([{ displayed: { name: "Ben Other" }, email: "ben@mine.example" }]);
  await ben.getByRole("link", { name: "See everything we store" }).click();
  await ben.getByText("ben@mine.example").first().waitFor();
  expect(await faultsOf(ben)).toEqual([]);
  await ben.goto(link.replace(app.url, `${app.url}/ar`));
  expect(await ben.locator("html").getAttribute("dir")).toBe("rtl");
  expect(await faultsOf(ben)).toEqual([]);
  await shot(ben, "arabic");

  await ben.goto(link);
  await ben.getByRole("button", { name: "Make all other links stop working" }).click();
  await ben.getByText("All other links have stopped working.").waitFor();
  const older = linkIn(await mailed("ben@mine.example", "Approved"), "/signatures/");
  expect((await ben.goto(older))?.status()).toBe(410);
  await ben.getByText("Someone used another link to the same signatures").waitFor();
  const newer = linkIn(await mailed("ben@mine.example", "Older links stopped"), "/signatures/");
  await ben.goto(newer);
  await ben.getByText("All links that we emailed before").waitFor();
  expect(await faultsOf(ben)).toEqual([]);
  await shot(ben, "ended");
  await ben.goto(link);
  await ben.getByText("It can do so only once.").waitFor();

  await ben.getByText("Change your email address").click();
  await ben.getByLabel("New email address").fill("ben@mine.example");
  await ben.getByRole("button", { name: "Email both links" }).click();
  await ben.getByText("Your signature has this address already.").first().waitFor();
  await ben.getByLabel("New email address").fill("ben@new.example");
  await ben.getByRole("button", { name: "Email both links" }).click();
  await ben
    .getByText("We emailed a link to the new address and one to your present address.")
    .first()
    .waitFor();
  const asked = linkIn(
    await mailed("ben@mine.example", "Someone asked to change your email address"),
    "/address",
  );
  const confirm = linkIn(await app.mailbox.waitFor("ben@new.example"), "/address");
  await ben.goto(confirm);
  expect(await db.addressMove.count({ where: { signatureId: id, state: "ASKED" } })).toBe(1);
  await ben.getByRole("button", { name: "Use this address" }).click();
  await ben.getByRole("heading", { name: "Thank you: one more step" }).waitFor();
  await ben.goto(asked);
  await ben.getByText("ben@new.example").waitFor();
  expect(await faultsOf(ben)).toEqual([]);
  await shot(ben, "asked");
  await ben.getByRole("button", { name: "Move my signature" }).click();
  await ben.getByRole("heading", { name: "Your signature has moved" }).waitFor();
  expect((await ben.goto(link))?.status()).toBe(404);
  const own = linkIn(await mailed("ben@new.example", "Your link for “Example Letter”"), "/signatures/");
  expect((await ben.goto(own))?.status()).toBe(200);
});
