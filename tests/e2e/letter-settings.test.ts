import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;
const SLUG = "uyghurs";
const SETTINGS = `/admin/letters/${SLUG}/settings`;

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

async function owner(choice: ContextChoice = {}): Promise<Page> {
  const context = await newVisitor(browser, choice);
  const value = await validSession("owner@example.org", "OWNER");
  await context.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  return context.newPage();
}

it("changes what the form asks for and what the letter's page says", async () => {
  const admin = await owner();
  const visitor = await (await newVisitor(browser)).newPage();
  const form = `/letters/${SLUG}/sign?as=organisation`;
  const open = (path: string) => visitor.goto(app.url + path);
  /** Changes reach readers within two seconds. */
  const sees = (path: string, words: string | RegExp, count = 1) =>
    expect
      .poll(async () => {
        await open(path);
        return visitor.getByText(words).count();
      })
      .toBe(count);
  const save = async (form: string, done: string) => {
    await admin.locator(`form#${form} button[type=submit]`).click();
    await admin.getByRole("status").filter({ hasText: done }).waitFor();
  };

  await admin.goto(app.url + SETTINGS);
  await admin.getByLabel("Organisations must give a website").uncheck();
  await admin.getByLabel("Show who signed for an organisation").check();
  await save("signing", "The form asks for this from now on.");
  await admin.getByLabel("Your own sentence in the consent box").fill("We have read the letter.");
  await admin.getByLabel("Your word for one expert").fill("senior expert");
  await admin.getByLabel("Your word for several experts").fill("senior experts");
  await admin.getByLabel("Who counts as an expert").fill("Ten years of published work.");
  await admin.getByLabel("Questions and answers").fill("## Who decides?\n\nOur **board** does.");
  await save("words", "Readers see it now.");

  await sees(form, "We have read the letter.");
  await visitor.getByLabel("Show my name as the person who signed").waitFor();
  expect(await visitor.getByLabel("Website").getAttribute("required")).toBeNull();
  await sees(`/letters/${SLUG}`, /\d+ senior experts/);
  await visitor.getByRole("heading", { name: "Senior experts" }).waitFor();
  await visitor.getByRole("heading", { name: "Questions and answers" }).waitFor();
  await sees(`/letters/${SLUG}/sign?as=individual`, "Ten years of published work.");

  const { name } = await db.publicSignatory.findFirstOrThrow({ where: { section: "EXPERTS" } });
  await admin.getByLabel("Find a name to add").fill(name);
  await admin.getByRole("button", { name: "Find", exact: true }).click();
  await admin.getByRole("button", { name: `Add: ${name}` }).click();
  await admin.getByRole("status").filter({ hasText: "The letter’s page shows it." }).waitFor();
  await sees(`/letters/${SLUG}`, `including ${name}`);

  await admin.getByLabel("Organisations can sign").uncheck();
  await save("signing", "The form asks for this from now on.");
  await sees(`/letters/${SLUG}`, "Sign for an organisation", 0);
  await sees(form, "Only individuals can sign this letter");
  await admin.getByLabel("Organisations can sign").check();
  await save("signing", "The form asks for this from now on.");
});

it.runIf(THOROUGH)(
  "shows a form that has changed once more, with what was typed and the box to tick again",
  async () => {
    for (const javaScript of [true, false]) {
      const admin = await owner({ javaScript });
      const visitor = await (await newVisitor(browser, { javaScript })).newPage();
      const form = `${app.url}/letters/${SLUG}/sign?as=individual`;
      await visitor.goto(form);
      const mark = await visitor.inputValue("[name=formMark]");
      await visitor.getByLabel("Full name").fill("Ada Exampleton");
      await visitor.getByLabel("Your email address").fill(`ada-${javaScript}@changed.example`);
      await visitor.locator("select[name=country]").selectOption("GB");
      await visitor.check("[name=visibility][value=public]");
      await visitor.check("[name=consent]");
      await admin.goto(app.url + SETTINGS);
      const required = admin.getByLabel("Individuals must give an affiliation");
      if (javaScript) await required.check();
      else await required.uncheck();
      await admin.locator("form#signing button[type=submit]").click();
      await admin.getByRole("status").filter({ hasText: "from now on" }).waitFor();

      const send = () => visitor.getByRole("button", { name: "Sign and email me the link" }).click();
      await expect.poll(async () => (await fetch(form)).text()).not.toContain(mark);
      await send();
      await visitor.getByText("The organiser changed this form").first().waitFor();
      expect(await visitor.getByLabel("Full name").inputValue()).toBe("Ada Exampleton");
      expect(await visitor.locator("[name=consent]").isChecked()).toBe(false);
      expect(await db.signature.count({ where: { letter: { slug: SLUG }, state: "PENDING" } })).toBe(
        javaScript ? 0 : 1,
      );
      if (javaScript) await visitor.getByLabel("Affiliation").fill("350.org");
      await visitor.check("[name=consent]");
      await send();
      await visitor.waitForURL(/check-your-mailbox/);
      for (const one of [admin, visitor]) await one.context().close();
    }
  },
);
