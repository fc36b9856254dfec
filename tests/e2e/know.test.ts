import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { sendNotices } from "@/lib/moderation/notices/send-notices";
import { faultsOf } from "../support/accessibility";
import { SESSION_COOKIE, sessionOf, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { individual, openLetter } from "../support/letters";
import { linkIn } from "../support/mailbox";
import { moderator, waitingSignature } from "../support/moderators";

const MONA = "mona@example.org";
let app: App;
let browser: Browser;
let mine: { id: string; slug: string };

beforeAll(async () => {
  app = await startApp();
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
  // The app's web process may still have to write down visits of the file before, of a letter by the usual name.
  mine = await openLetter({ slug: "known-letter" }, new Date());
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

async function signedIn(session: string, choice: ContextChoice = {}): Promise<Page> {
  const context = await newVisitor(browser, choice);
  await context.addCookies([{ name: SESSION_COOKIE, value: session, url: app.url }]);
  return context.newPage();
}

it("invites a moderator for one letter, who sees that one alone and is told at once of what waits", async () => {
  const owner = await signedIn(await validSession("admin@example.org", "OWNER"));
  await owner.goto(`${app.url}/admin/team`);
  const form = owner.locator("form#invite");
  await form.getByLabel("Email address").fill(MONA);
  await form.getByLabel("Only these:").check();
  await form.getByRole("button", { name: "Invite" }).click();
  await form.getByText("Tick at least one letter, or choose all letters.").first().waitFor();
  await form.getByLabel("Example Letter").check();
  await form.getByLabel("Role").selectOption("OWNER");
  await form.getByRole("button", { name: "Invite" }).click();
  await form.getByText("Choose all letters, or another role.").first().waitFor();
  await form.getByLabel("Role").selectOption("MODERATOR");
  await form.getByRole("button", { name: "Invite" }).click();
  await owner.getByRole("status").filter({ hasText: "We email this person how to sign in." }).waitFor();
  expect(await faultsOf(owner)).toEqual([]);
  const invitation = await app.mailbox.waitFor(MONA);
  expect(invitation.text).toContain("This is for one letter.");
  expect(linkIn(invitation, "/admin/sign-in")).toBe(`${app.url}/admin/sign-in`);

  const mona = await db.admin.findFirstOrThrow({ where: { allLetters: false }, include: { letters: true } });
  expect(mona).toMatchObject({ role: "MODERATOR", letters: [{ letterId: mine.id }] });
  const page = await signedIn(await sessionFor(mona.id));
  await page.goto(`${app.url}/admin`);
  expect(await page.locator("section.admin-letter").count()).toBe(1);
  expect(await page.locator(".bar").textContent()).not.toContain("Uyghur");
  expect((await page.goto(`${app.url}/admin/letters/uyghurs`))?.status()).toBe(404);

  await page.goto(`${app.url}/admin/account`);
  await page.getByLabel("At once").check();
  await save(page);
  await waitingSignature(mine.slug, individual({ name: "Ada Unnamed" }), new Date());
  await waitingSignature("uyghurs", individual({ email: "other@example.org" }), new Date());
  // The worker's next minute may have told them already.
  await sendNotices(new Date());
  const notice = await app.mailbox.waitFor(MONA, 2);
  expect(notice.text).toContain("Example Letter: 1 signature is waiting.");
  expect(notice.text).not.toMatch(/Unnamed|Uyghur/);
  await page.goto(linkIn(notice, "/admin/letters"));
  await page.getByText("Ada Unnamed").first().waitFor();

  // Once a day, at an hour of her own zone, of whatever waits; then never. The days are simulated.
  await db.admin.updateMany({ where: { id: { not: mona.id } }, data: { notices: "NONE" } });
  const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
  const at = (count: number, time: string) => new Date(`${day(count)}T${time}Z`);
  await page.goto(`${app.url}/admin/account`);
  await page.getByLabel("Once a day").check();
  await page.getByLabel("Time of day").selectOption("9");
  await page.getByLabel("Time zone").selectOption("Asia/Tehran");
  await save(page);
  expect(await sendNotices(at(1, "05:31"))).toBe(1);
  await app.mailbox.waitFor(MONA, 3);
  expect(await sendNotices(at(2, "05:29"))).toBe(0);
  expect(await sendNotices(at(2, "05:31"))).toBe(1);
  expect((await app.mailbox.waitFor(MONA, 4)).text).toContain("1 signature is waiting.");
  await page.goto(`${app.url}/admin/account`);
  expect(await page.getByLabel("Time zone").inputValue()).toBe("Asia/Tehran");
  await page.getByLabel("Never").check();
  await save(page);
  expect(await sendNotices(at(3, "05:31"))).toBe(0);
});

async function save(page: Page): Promise<void> {
  await page.locator("form#notices").getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").filter({ hasText: "Saved. We email you as you chose." }).waitFor();
}

const sessionFor = (adminId: string) => sessionOf(adminId);

it("shows how a letter does, from the form on, and who reads it", async () => {
  const seen = await waitingSignature(
    mine.slug,
    individual({ email: "next@example.org", name: "Bo Next" }),
    new Date(),
  );
  await approveSignature({
    admin: await moderator("admin@example.org", "OWNER"),
    seen,
    now: new Date(),
    asExpert: false,
  });
  const letter = `${app.url}/letters/${mine.slug}`;
  for (let time = 0; time < 3; time++) {
    await fetch(letter, { headers: { referer: "https://www.news.example.org/today?secret=1" } });
    await fetch(`${letter}/sign?as=individual`, { headers: { referer: letter } });
  }
  await fetch(letter, { headers: { referer: "https://rare.example.org/" } });
  const page = await signedIn(await validSession("admin@example.org", "OWNER"));
  const statistics = `${app.url}/admin/letters/${mine.slug}/statistics`;
  // Visits are written down every few seconds; the file costs less to ask for than the page.
  await expect
    .poll(async () => (await page.request.get(`${statistics}/csv`)).text())
    .toContain(",referrer,news.example.org,3\r\n");
  await page.goto(statistics);
  expect(await page.locator("section[aria-labelledby=referrers] table").allTextContents()).toEqual([
    expect.stringContaining("news.example.org3Other sites1"),
  ]);
  const funnel = await page.locator("section[aria-labelledby=funnel] tbody tr").allTextContents();
  expect(funnel).toEqual(["Form shown3100%", "Submitted267%", "Confirmed267%", "Approved133%"]);
  expect(await page.locator("section[aria-labelledby=countries] tbody").textContent()).toBe(
    "United Kingdom1",
  );
  expect(await faultsOf(page)).toEqual([]);
  const csv = await page.request.get(`${page.url()}/csv`);
  expect(csv.headers()["content-disposition"]).toContain(`${mine.slug}-statistics.csv`);
  expect(await csv.text()).toMatch(
    /^\uFEFFday,what,part,count\r\n[\s\S]*,approved,,1\r\n[\s\S]*,referrer,news\.example\.org,3\r\n/,
  );
});
