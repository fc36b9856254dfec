import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recountStandings } from "@/lib/counts/standing-counts";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { throughStart } from "../support/late-scripts";
import { individual, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { cases, THOROUGH } from "../support/tier";

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

let count = 0;
const email = (domain = "example.org") => `lists${++count}@${domain}`;
const sign = (input = individual({ email: email() })) => waitingSignature("uyghurs", input, new Date());
const apart = async (id: string) => {
  const { letterId } = await db.signature.update({ where: { id }, data: { hold: "UNCHECKED" } });
  await db.$transaction((tx) => recountStandings(tx, letterId, true));
};

async function signedIn(choice: ContextChoice = {}, ...who: Parameters<typeof validSession>): Promise<Page> {
  const context = await newVisitor(browser, choice);
  await context.addCookies([{ name: SESSION_COOKIE, value: await validSession(...who), url: app.url }]);
  return context.newPage();
}

const soon = { timeout: 20_000 };
const holdOf = async (id: string) => (await db.signature.findUnique({ where: { id } }))?.hold;

describe.each(
  cases([
    ["with JavaScript", true],
    ["without JavaScript", false],
  ] as const),
)("keeping lists %s", (name, javaScript) => {
  it("adds a rule to the block list, says what is wrong with one, and removes it", async () => {
    const page = await signedIn({ javaScript });
    const domain = `${name.replaceAll(" ", "-").toLowerCase()}.example`;
    const waiting = await sign(individual({ email: email(domain) }));
    await page.goto(`${app.url}/admin/protection/blocklist`);
    await page.getByLabel("Domain, email address or network").fill("co.uk");
    await page.getByLabel("Reason").fill("Throwaway mailboxes.");
    await page.getByRole("button", { name: "Add rule" }).click();
    await page.getByRole("link", { name: /^Enter something narrower/ }).waitFor();
    expect(await page.getByLabel("Reason").inputValue()).toBe("Throwaway mailboxes.");
    await page.getByLabel("Domain, email address or network").fill(`sub.${domain}`);
    await page.getByRole("button", { name: "Add rule" }).click();
    await page.getByRole("status").waitFor();
    await page.getByLabel("Domain, email address or network").fill(domain);
    await page.getByLabel("Reason").fill(`Again, ${name}.`);
    await page.getByRole("button", { name: "Add rule" }).click();
    // Nothing is lost, and nothing done before it is confirmed as it was shown.
    await page.getByText(`${domain} matches 1 waiting signature, in all letters together.`).waitFor();
    expect(page.url()).not.toContain(domain);
    expect(await page.getByLabel("Reason").inputValue()).toBe(`Again, ${name}.`);
    await page.getByLabel("Domain, email address or network").fill("gmail.com");
    await page.getByRole("button", { name: "Add rule anyway" }).click();
    await page.getByText("This is an email provider that anyone can use").waitFor();
    await page.getByLabel("Domain, email address or network").fill(domain);
    await page.getByRole("button", { name: "Add rule anyway" }).click();
    await page.getByText(`${domain} matches 1 waiting signature`).waitFor();
    expect(await page.getByRole("button", { name: "Remove the rule" }).count()).toBe(1);
    await page.getByRole("button", { name: "Add rule anyway" }).click();
    await page.getByText("Rule added.").waitFor();
    await page.getByText(`Again, ${name}.`).waitFor();
    // The worker sets apart what waited already.
    await expect.poll(() => holdOf(waiting.signatureId), soon).toBe("BLOCKED");
    await page.getByRole("button", { name: `Remove the rule for sub.${domain}`, exact: true }).click();
    await page.getByText("Rule removed.").waitFor();
    expect(
      await page.getByRole("button", { name: `Remove the rule for ${domain}`, exact: true }).count(),
    ).toBe(1);
    expect(await page.getByText(`sub.${domain}`, { exact: true }).count()).toBe(0);
    await page.getByRole("button", { name: `Remove the rule for ${domain}`, exact: true }).click();
    await page
      .getByText("Rule removed. Signatures that it put on hold go back to the queue within a minute")
      .waitFor();
    await expect.poll(() => holdOf(waiting.signatureId), soon).toBeNull();
    await page.context().close();
  });

  it("watches a name, once, and removes it", async () => {
    const page = await signedIn({ javaScript });
    await page.goto(`${app.url}/admin/protection/watchlist`);
    const add = async () => {
      if (!(await page.getByLabel("Name", { exact: true }).isVisible()))
        await page.getByText("Add a name").click();
      await page.getByLabel("Name", { exact: true }).fill("Noam Exampsky");
      await page.getByLabel("Who this is, or why").fill("Linguist");
      await page.getByRole("button", { name: "Add name" }).click();
    };
    await add();
    await page.getByRole("status").waitFor();
    await add();
    await page.getByRole("link", { name: "This name is already on the watchlist." }).waitFor();
    await page.getByRole("button", { name: "Remove Noam Exampsky" }).click();
    await page.getByText("No names on the watchlist of this letter.").waitFor();
    await page.context().close();
  });

  it("shows what is set apart and why, and releases it", async () => {
    const input = organisation({ email: email("mailinator.com"), name: `Exаmple Trust ${count}` });
    const [first, second] = [await sign(input), await sign()];
    for (const { signatureId } of [first, second]) await apart(signatureId);
    const page = await signedIn({ javaScript });
    await page.goto(`${app.url}/admin`);
    await page
      .locator("main")
      .getByRole("link", { name: /confirmed signatures? (is|are) on hold/ })
      .click();
    const list = page.locator(".admin-list");
    const words = "Warnings: on hold (no anti-spam check), throwaway address, word in mixed scripts";
    await list.getByText(words).first().waitFor();
    await page.goto(`${app.url}/admin/letters/uyghurs/signatures/${publicId(first.signatureId)}?state=hold`);
    await page.getByText("The address is from a provider of throwaway mailboxes: mailinator.com.").waitFor();
    await page.getByText("this browser did not finish the anti-spam check").waitFor();
    await page.getByRole("button", { name: "Release from hold" }).click();
    await page.getByText("Released. It now waits in the queue.").waitFor();
    expect(page.url()).not.toContain(`/${publicId(first.signatureId)}`);
    expect(await seeNow(first.signatureId)).toMatchObject({ state: "VERIFIED", revision: 2 });
    await page.context().close();
  });
});

describe.runIf(THOROUGH)("an administrator whose scripts come late", () => {
  it("loses nothing that was typed into any form by something foreign in the page", async () => {
    const { signatureId } = await sign();
    const paths = [
      "protection/blocklist",
      "protection/watchlist",
      "signatures?domains=example.org",
      "team",
      "letters/uyghurs/text",
      `signatures/${publicId(signatureId)}`,
    ];
    const page = await signedIn({}, "olga@example.org", "OWNER");
    for (const path of paths) {
      for (const intruder of ["an element first in the body", "text wrapped in font"] as const) {
        const { before, after } = await throughStart(page, `${app.url}/admin/${path}`, intruder);
        expect(before.length, path).toBeGreaterThan(0);
        expect(after, `${path}, ${intruder}`).toEqual(before);
      }
    }
    await page.context().close();
  });
});

describe("the lists' pages", () => {
  const paths = [
    "/admin/protection/blocklist",
    "/admin/protection/watchlist",
    "/admin/signatures?state=hold",
  ];

  it("are not for a reader, who finds no way there", async () => {
    await moderator("rita@example.org", "READER");
    const context = await newVisitor(browser);
    const value = await validSession("rita@example.org");
    expect((await db.admin.findMany({ where: { role: "READER" } })).length).toBe(1);
    await context.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
    const page = await context.newPage();
    await page.goto(`${app.url}/admin`);
    const ways = await page
      .locator("a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    expect(
      ways.filter((way) => /signatures|protection|objections|emails|bulk|settings|export/.test(way ?? "")),
    ).toEqual([]);
    await page.goto(`${app.url}/admin/letters/uyghurs`);
    expect(await page.locator(".letter-tabs a").allTextContents()).toEqual([
      "Overview",
      "Text",
      "Pictures",
      "Publish and versions",
      "Statistics",
    ]);
    for (const path of paths) {
      expect((await page.goto(app.url + path))?.status(), path).toBe(403);
      if (path.includes("?")) continue;
      const body = new URLSearchParams({
        form: "add-block",
        kind: "DOMAIN",
        pattern: "x.example",
        reason: "no",
      });
      const headers = { origin: app.url, cookie: `${SESSION_COOKIE}=${value}` };
      const answer = await fetch(app.url + path, { method: "POST", headers, body, redirect: "manual" });
      expect(answer.status).toBe(403);
    }
    await context.close();
  });
});
