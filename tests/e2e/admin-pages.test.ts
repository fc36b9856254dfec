import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { individual, organisation } from "../support/letters";
import { seeNow, waitingSignature } from "../support/moderators";
import { cases } from "../support/tier";

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

let count = 0;
const email = () => `pages${++count}@example.org`;
const sign = (input = individual({ email: email() })) => waitingSignature("uyghurs", input, new Date());

async function signedIn(choice: ContextChoice = {}, role?: "OWNER"): Promise<Page> {
  const context = await newVisitor(browser, choice);
  const value = role ? await validSession("owner@example.org", role) : await validSession();
  await context.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  return context.newPage();
}

describe.each(
  cases([
    ["with JavaScript", true],
    ["without JavaScript", false],
  ] as const),
)("moderating %s", (_, javaScript) => {
  it("approves as an expert and goes on to the next", async () => {
    const [first, second] = [await sign(), await sign()];
    const page = await signedIn({ javaScript });
    const opened = await page.context().newPage();
    for (const tab of [opened, page])
      await tab.goto(
        `${app.url}/admin/letters/uyghurs/signatures/${publicId(first.signatureId)}?state=verified`,
      );
    await page.getByRole("button", { name: "Approve as expert" }).click();
    await page.getByRole("status").waitFor();
    expect(page.url()).toContain(publicId(second.signatureId));
    expect(await seeNow(first.signatureId)).toMatchObject({ state: "APPROVED" });
    await opened.getByRole("button", { name: "Approve", exact: true }).click();
    expect(await opened.getByRole("status").textContent()).toMatch(
      /^Nothing has changed.*Approved, by mona@example\.org/,
    );
    await page.goto(
      `${app.url}/admin/letters/uyghurs/signatures/${publicId(second.signatureId)}?state=verified`,
    );
    await page.getByRole("button", { name: "Approve", exact: true }).dblclick();
    await page.getByRole("status").waitFor();
    expect(await seeNow(second.signatureId)).toMatchObject({ state: "APPROVED", revision: 2 });
    await page.context().close();
  });

  it("asks for a reason, keeps what was typed, and rejects", async () => {
    const seen = await sign(organisation({ email: email(), name: `Example Rejected ${count}` }));
    const page = await signedIn({ javaScript });
    await page.goto(`${app.url}/admin/letters/uyghurs/signatures/${publicId(seen.signatureId)}`);
    await page.getByText("Reject", { exact: true }).click();
    await page.getByRole("button", { name: "Reject signature" }).click();
    await page.getByRole("link", { name: "Enter a reason" }).waitFor();
    await page.getByLabel("Reason").fill("Nobody answered at the office.");
    await page.getByRole("button", { name: "Reject signature" }).click();
    await page.getByRole("link", { name: "See that signature" }).click();
    await page.getByText("Rejected on").waitFor();
    expect(await page.getByText("Nobody answered at the office.").count()).toBeGreaterThan(0);
    expect(await seeNow(seen.signatureId)).toMatchObject({ state: "REJECTED" });
    await page.context().close();
  });

  it("corrects a typing error and shows both forms", async () => {
    const seen = await sign(individual({ email: email(), name: "Ada Exmapleton" }));
    const page = await signedIn({ javaScript });
    await page.goto(`${app.url}/admin/letters/uyghurs/signatures/${publicId(seen.signatureId)}`);
    await page.getByText("More actions").click();
    await page.getByText("Correct typing errors").click();
    await page.getByLabel("Name", { exact: true }).fill("Ada Exampleton");
    await page.getByLabel("Position").fill("");
    await page.getByRole("button", { name: "Save correction" }).click();
    await page.getByRole("status").waitFor();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Ada Exampleton");
    expect(await page.getByText("Ada Exmapleton").count()).toBeGreaterThan(0);
    await page.context().close();
  });
});
