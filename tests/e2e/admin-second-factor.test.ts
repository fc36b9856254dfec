import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { insertLink } from "@/lib/auth/sign-in-links";
import { db } from "@/lib/db/client";
import { createToken, hashToken } from "@/lib/encryption/tokens";
import type { AdminRole } from "@/prisma/generated/enums";
import { faultsOf } from "../support/accessibility";
import { SESSION_COOKIE } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;

beforeAll(async () => {
  app = await startApp({ worker: false, environment: { ADMIN_SECOND_FACTOR: "required" } });
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

let count = 0;

async function somebody(role?: AdminRole): Promise<string> {
  return grantAdmin(`proofOfWork${++count}@example.org`, new Date(), role);
}

/** Has a browser's session proved some minutes earlier than it was. */
async function proveEarlier(page: Page, minutes: number): Promise<void> {
  const tokenHash = hashToken((await cookieOf(page)) ?? "");
  const mfaVerifiedAt = new Date(Date.now() - minutes * 60_000);
  const { count } = await db.adminSession.updateMany({ where: { tokenHash }, data: { mfaVerifiedAt } });
  expect(count).toBe(1);
}

/** A mailed link, as it stands in the mailbox. */
async function mailedLink(address: string): Promise<string> {
  const { token } = createToken();
  await db.$transaction((tx) => insertLink(tx, { token, address, now: new Date() }));
  return `${app.url}/admin/sign-in/${token}`;
}

async function visitor(choice: ContextChoice = {}): Promise<Page> {
  return (await newVisitor(browser, choice)).newPage();
}

/** Gives a page's browser a device that keeps passkeys. */
async function withAuthenticator(page: Page): Promise<Page> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const kind = { protocol: "ctap2", transport: "internal" } as const;
  const can = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  const options = { ...kind, ...can, automaticPresenceSimulation: true };
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  return page;
}

async function followLink(page: Page, address: string): Promise<void> {
  await page.goto(await mailedLink(address));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/admin\/second-factor$/);
}

async function setUp(address: string): Promise<{ page: Page; codes: string[] }> {
  const page = await withAuthenticator(await visitor());
  await followLink(page, address);
  await page.getByLabel("Name of the passkey").fill("Work laptop");
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.waitForURL(/\/admin\/account\?done=added$/);
  await page.getByRole("button", { name: "Make 10 new codes" }).click();
  await page.getByText("These are your recovery codes").waitFor();
  return { page, codes: await page.locator(".account-codes code").allTextContents() };
}

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === SESSION_COOKIE)?.value;

describe("signing in where a second factor is required", () => {
  it("takes mailbox and passkey, and shows the recovery codes once", async () => {
    const address = await somebody();
    const { page, codes } = await setUp(address);
    expect(new Set(codes).size).toBe(10);
    expect(await page.getByText("Work laptop").count()).toBeGreaterThan(0);
    await page.goto(`${app.url}/admin/account`);
    expect(await page.locator(".account-codes").count()).toBe(0);
    expect(await page.getByText("You have 10 unused recovery codes.").count()).toBe(1);
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await followLink(page, address);
    const before = await cookieOf(page);
    await page.goto(`${app.url}/admin/team`);
    expect(new URL(page.url()).pathname).toBe("/admin/second-factor");
    await page.getByRole("button", { name: "Use your passkey" }).click();
    await page.waitForURL(`${app.url}/admin`);
    expect(await page.getByRole("heading", { name: "To do" }).count()).toBe(1);
    expect(await cookieOf(page)).not.toBe(before);
    const stolen = await fetch(`${app.url}/admin`, {
      redirect: "manual",
      headers: { cookie: `${SESSION_COOKIE}=${before}` },
    });
    expect(stolen.headers.get("location")).toBe("/admin/sign-in?first=1");
    await page.context().close();
  });

  it("stops whoever has the mailed link alone: on a device without the passkey nothing opens", async () => {
    const address = await somebody();
    await (await setUp(address)).page.context().close();
    const thief = await withAuthenticator(await visitor());
    await followLink(thief, address);
    for (const path of ["/admin", "/admin/signatures", "/admin/account", "/admin/team"]) {
      await thief.goto(app.url + path);
      expect(new URL(thief.url()).pathname, path).toBe("/admin/second-factor");
    }
    expect(await thief.getByRole("button", { name: "Add passkey" }).count()).toBe(0);
    await thief.getByRole("button", { name: "Use your passkey" }).click();
    await thief
      .getByRole("link", { name: /Nothing has changed|could not use/ })
      .or(thief.getByText("You closed your browser’s question"))
      .first()
      .waitFor();
    expect(new URL(thief.url()).pathname).toBe("/admin/second-factor");
    await thief.context().close();
  });

  it.runIf(THOROUGH)("works with a recovery code and without JavaScript, once for each code", async () => {
    const address = await somebody();
    const { page, codes } = await setUp(address);
    await page.context().close();
    const [code = ""] = codes;
    const plain = await visitor({ javaScript: false });
    await followLink(plain, address);
    await plain.getByRole("button", { name: "Use your passkey" }).click();
    await plain.getByText("Passkeys need JavaScript").first().waitFor();
    await plain.getByLabel("Recovery code").fill("0000-0000-0000-0000");
    await plain.getByRole("button", { name: "Use this code" }).click();
    await plain.getByText("This is not one of your unused recovery codes").first().waitFor();
    await plain.getByLabel("Recovery code").fill(code.toLowerCase());
    await plain.getByRole("button", { name: "Use this code" }).click();
    await plain.waitForURL(/\/admin\/account\?done=recovered$/);
    expect(await plain.getByText("You have 9 unused recovery codes.").count()).toBe(1);
    await plain.getByText("More", { exact: true }).click();
    await plain.getByRole("button", { name: "Sign out", exact: true }).click();
    await followLink(plain, address);
    await plain.getByLabel("Recovery code").fill(code);
    await plain.getByRole("button", { name: "Use this code" }).click();
    await plain.getByText("This is not one of your unused recovery codes").first().waitFor();
    await plain.context().close();
  });
});

describe("a session left open", () => {
  const longAgo = (page: Page) => proveEarlier(page, 16);

  it.runIf(THOROUGH)(
    "takes no passkey, no new codes and nobody into the team until its owner proves it once more",
    async () => {
      const address = await somebody("OWNER");
      const { page } = await setUp(address);
      await page.goto(`${app.url}/admin/team`);
      await page.getByLabel("Email address").fill("friend@example.org");
      await longAgo(page);
      await page.getByRole("button", { name: "Invite" }).click();
      await page.getByText("Before you change this, confirm it’s you").first().waitFor();
      expect(await page.getByLabel("Email address").inputValue()).toBe("friend@example.org");
      await page.goto(`${app.url}/admin/account`);
      for (const name of ["Add passkey", "Remove passkey", "Make 10 new codes"])
        expect(await page.getByRole("button", { name, includeHidden: true }).count(), name).toBe(0);
      await page.getByRole("link", { name: "Confirm it’s you" }).click();
      const before = await cookieOf(page);
      await page.getByRole("button", { name: "Use your passkey" }).click();
      await page.waitForURL(`${app.url}/admin/account?done=verified`);
      expect(await cookieOf(page)).not.toBe(before);
      expect(await page.getByRole("button", { name: "Add passkey" }).count()).toBe(1);
      await page.goto(`${app.url}/admin/team`);
      await page.getByLabel("Email address").fill("friend@example.org");
      await page.getByRole("button", { name: "Invite" }).click();
      await page.getByText("We email this person how to sign in.").waitFor();
      await page.context().close();
    },
  );

  it.runIf(THOROUGH)("is told so where it makes codes", async () => {
    const { page } = await setUp(await somebody("OWNER"));
    await page.goto(`${app.url}/admin/account`);
    await longAgo(page);
    await page.getByRole("button", { name: "Make 10 new codes" }).click();
    await page.locator("#codes ~ form").getByText("Before you change this, confirm it’s you").waitFor();
    await page.goto(`${app.url}/admin/second-factor?next=team`);
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  it.runIf(THOROUGH)("is checked by a code without JavaScript, and ended by five wrong ones", async () => {
    const address = await somebody("OWNER");
    const { page, codes } = await setUp(address);
    const plain = await visitor({ javaScript: false });
    await plain.context().addCookies(await page.context().cookies());
    await page.context().close();
    await plain.goto(`${app.url}/admin/team`);
    await plain.getByLabel("Email address").fill("friend@example.net");
    await longAgo(plain);
    await plain.getByRole("button", { name: "Invite" }).click();
    await plain.getByText("Before you change this, confirm it’s you").first().waitFor();
    expect(await plain.getByLabel("Email address").inputValue()).toBe("friend@example.net");
    await plain.goto(`${app.url}/admin/team`);
    expect(await plain.getByRole("button", { name: "Invite" }).count()).toBe(0);
    await plain.getByRole("link", { name: "Confirm it’s you" }).click();
    const enter = async (code: string) => {
      await plain.getByLabel("Recovery code").fill(code);
      await plain.getByRole("button", { name: "Use this code" }).click();
    };
    await enter("0000-0000-0000-0000");
    await plain.getByText("This is not one of your unused recovery codes").first().waitFor();
    await enter(codes[0] ?? "");
    await plain.waitForURL(`${app.url}/admin/team?done=recovered`);
    expect(await plain.getByRole("button", { name: "Invite" }).count()).toBe(1);
    await plain.goto(`${app.url}/admin/second-factor?next=team`);
    for (let time = 0; time < 5; time++) await enter("0000-0000-0000-0000");
    await plain.waitForURL(/\/admin\/sign-in\?failed=1$/);
    expect(await plain.getByText("Too many attempts failed").count()).toBe(1);
    await plain.goto(`${app.url}/admin`);
    expect(new URL(plain.url()).pathname).toBe("/admin/sign-in");
    await plain.context().close();
  });
});

describe("a passkey", () => {
  it.runIf(THOROUGH)("is kept beside another, renamed and removed; the last one stays", async () => {
    const address = await somebody();
    const { page } = await setUp(address);
    await page.goto(`${app.url}/admin/account`);
    await page.getByRole("button", { name: "Add passkey" }).click();
    await page.getByText("already has a passkey").first().waitFor();
    const second = await withAuthenticator(await page.context().newPage());
    await second.goto(`${app.url}/admin/account`);
    await second.locator("#offerPasskey").getByLabel("Name of the passkey").fill("Key ring");
    await second.getByRole("button", { name: "Add passkey" }).click();
    await second.waitForURL(/done=added$/);
    await second.getByText("Rename or remove").first().click();
    await second.getByLabel("Name of the passkey").first().fill("Old laptop");
    await second.getByRole("button", { name: "Save name" }).first().click();
    await second.waitForURL(/done=renamed$/);
    expect(await second.getByText("Old laptop").count()).toBeGreaterThan(0);
    await second.getByText("Rename or remove").first().click();
    await second.getByRole("button", { name: "Remove passkey" }).first().click();
    await second.waitForURL(/done=removed$/);
    await second.getByText("Rename or remove").first().click();
    await second.getByRole("button", { name: "Remove passkey" }).first().click();
    await second.getByText("You can’t change or remove your last passkey").first().waitFor();
    await page.context().close();
  });
});
