import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { type App, startApp } from "../support/app";
import { launchBrowser, newVisitor } from "../support/browser";
import { linkIn } from "../support/mailbox";
import { THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;

beforeAll(async () => {
  app = await startApp();
  process.env.DATABASE_URL = app.databaseUrl;
  for (const run of ["with", "without"]) await grantAdmin(`${run}@example.org`, new Date());
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

type Kind = {
  as: "organisation" | "individual";
  name: string;
  email: string;
  fields: Record<string, string>;
};

/** The two signatories of a journey; each journey has its own, so that the counts tell them apart. */
function signatories(run: string): Kind[] {
  const organisation = {
    website: `${run}.example.org`,
    representativeName: "Robin Muster",
    representativeRole: "Director",
  };
  const expert = {
    title: "Prof.",
    position: "Chair of International Law",
    affiliation: "University of Example",
    orcid: "0000-0002-1825-0097",
  };
  return [
    {
      as: "organisation",
      name: `Example Trust ${run}`,
      email: `robin@${run}.example.org`,
      fields: organisation,
    },
    { as: "individual", name: `Zoë Örnekoğlu ${run}`, email: `zoe@${run}.example.org`, fields: expert },
  ];
}

const heading = (page: Page) => page.locator("h1").innerText();

/** Signs as a visitor does: from the letter, with a mistake first. */
async function sign(page: Page, { as, name, email, fields }: Kind, country: string): Promise<void> {
  await page.goto(app.url);
  const label = as === "organisation" ? "Sign for an organisation" : "Sign as an individual";
  await page.locator("nav").getByRole("link", { name: label }).click();
  expect(await heading(page)).toBe(label);
  await page.fill(as === "organisation" ? "[name=organisationName]" : "[name=fullName]", name);
  for (const [field, value] of Object.entries(fields)) await page.fill(`[name=${field}]`, value);
  await page.selectOption("[name=country]", country);
  await page.check("[name=visibility][value=public]");
  if (as === "organisation") await page.check("[name=authority]");
  await page.check("[name=consent]");
  await page.fill("[name=email]", "not an address");
  await submit(page);
  await page.locator(".error-summary").waitFor();
  expect(await page.inputValue("[name=email]")).toBe("not an address");
  expect(await page.inputValue("[name=country]")).toBe(country);
  expect(await page.isChecked("[name=consent]")).toBe(true);
  await page.fill("[name=email]", email);
  await submit(page);
  await page.waitForURL("**/check-your-mailbox");
  expect(await heading(page)).toBe("One more step: open our email");
}

const submit = (page: Page) => page.locator("form#sign button[type=submit]").click();

/** Opens the mailed link, looks, and presses the button. @returns how the page says that it will be listed */
async function confirm(page: Page, { email, name }: Kind): Promise<string> {
  const link = linkIn(await app.mailbox.waitFor(email), "/confirm");
  await page.goto(link);
  const listed = await page.locator(".as-listed").innerText();
  expect(listed).toContain(name);
  await page.locator("form#confirm button[type=submit]").click();
  await page.locator("form#confirm").waitFor({ state: "detached" });
  expect(await page.locator("main").innerText()).toMatch(/We check it next/);
  return listed;
}

async function signIn(page: Page, address: string): Promise<void> {
  await page.goto(`${app.url}/admin`);
  await page.fill("[name=email]", address);
  await page.locator("form#sign-in button[type=submit]").click();
  await page.waitForURL("**/check-your-mailbox");
  await page.goto(linkIn(await app.mailbox.waitFor(address), "/admin/sign-in/"));
  await page.locator("form#use-link button[type=submit]").click();
  await page.waitForURL((url) => url.pathname === "/admin");
}

async function approve(page: Page, { as, name }: Kind): Promise<void> {
  await page.goto(`${app.url}/admin/signatures`);
  await page.getByRole("link", { name }).click();
  await page.locator("#signature").waitFor();
  expect(await page.locator("#signature").innerText()).toContain(name);
  const button = as === "individual" ? "form#approve button[name=as]" : "form#approve button:not([name])";
  const before = page.url();
  await page.locator(button).click();
  await page.waitForURL((url) => url.href !== before);
}

async function headline(page: Page, expected: string): Promise<void> {
  await expect
    .poll(async () => (await page.goto(app.url)) && page.locator("main").innerText(), { timeout: 10_000 })
    .toContain(expected);
}

async function journey(
  javaScript: boolean,
  run: string,
  country: string,
  counts: [string, string, string],
): Promise<void> {
  const visitor = await newVisitor(browser, { javaScript });
  const moderator = await newVisitor(browser, { javaScript });
  const failures: string[] = [];
  const [page, desk] = [await visitor.newPage(), await moderator.newPage()];
  for (const one of [page, desk]) {
    one.on("pageerror", (error) => failures.push(error.message));
    one.on("console", (message) => message.type() === "error" && failures.push(message.text()));
    one.on(
      "request",
      (request) => !request.url().startsWith(app.url) && failures.push(`third party: ${request.url()}`),
    );
  }
  const kinds = signatories(run);
  await headline(page, counts[0]);
  for (const kind of kinds) await sign(page, kind, country);
  const listed: string[] = [];
  for (const kind of kinds) listed.push(await confirm(page, kind));
  await headline(page, counts[0]);
  await signIn(desk, `${run}@example.org`);
  for (const [place, kind] of kinds.entries()) {
    await approve(desk, kind);
    await headline(page, counts[place + 1] ?? "");
    await page.goto(`${app.url}/letters/uyghurs/signatories?q=${encodeURIComponent(kind.name)}`);
    expect(await page.locator("main").innerText()).toContain(listed[place]);
    const mail = await app.mailbox.waitFor(kind.email, 2);
    expect(mail.text).not.toContain(kind.name);
  }
  // A refused form and a used link answer 4xx, which the browser notes.
  expect(failures.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
  await Promise.all([visitor.close(), moderator.close()]);
}

describe("a letter is signed, confirmed, approved, shown and counted", () => {
  it("with JavaScript", async () => {
    await journey(true, "with", "FR", [
      "23 organisations from 5 countries and 16 experts",
      "24 organisations from 6 countries and 16 experts",
      "24 organisations from 6 countries and 17 experts",
    ]);
  });

  it.runIf(THOROUGH)("without JavaScript", async () => {
    await journey(false, "without", "TR", [
      "24 organisations from 6 countries and 17 experts",
      "25 organisations from 7 countries and 17 experts",
      "25 organisations from 7 countries and 18 experts",
    ]);
  });
});
