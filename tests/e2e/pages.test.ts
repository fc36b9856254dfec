import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsInLooks, faultsOf, type Look } from "../support/accessibility";
import { type App, startApp } from "../support/app";
import { type ContextChoice, countryBox, launchBrowser, newVisitor } from "../support/browser";
import { runSql } from "../support/database";
import { linkIn } from "../support/mailbox";
import { inLanes } from "../support/post";
import { ticked } from "../support/ticked";
import { cases, rounds, SCRIPTS, THOROUGH } from "../support/tier";

let app: App;
let browser: Browser;
let confirmPath: string;
let usedPath: string;

const FORM = { form: "sign", fullName: "Ada Exampleton", country: "GB", visibility: "public", consent: "on" };
const post = (path: string, values: Record<string, string>) =>
  fetch(`${app.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: app.url },
    body: new URLSearchParams(values),
  });

async function mailedPath(email: string): Promise<string> {
  await post("/letters/uyghurs/sign?as=individual", { ...FORM, email });
  return new URL(linkIn(await app.mailbox.waitFor(email), "/confirm")).pathname;
}

beforeAll(async () => {
  app = await startApp();
  browser = await launchBrowser();
  confirmPath = await mailedPath("waiting@example.org");
  usedPath = await mailedPath("used@example.org");
  await post(usedPath, ticked(await (await fetch(app.url + usedPath)).text()) ?? {});
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function open(path: string, choice: ContextChoice): Promise<Page> {
  const page = await (await newVisitor(browser, choice)).newPage();
  await page.goto(`${app.url}${path}`);
  return page;
}

const pages = () => [
  "/",
  "/letters/uyghurs",
  "/letters/uyghurs/versions/1",
  "/letters",
  "/letters/uyghurs/signatories",
  "/letters/uyghurs/signatories?q=nobody",
  "/letters/uyghurs/sign",
  "/letters/uyghurs/sign?as=organisation",
  "/letters/uyghurs/sign?as=individual",
  "/letters/uyghurs/sign/check-your-mailbox",
  confirmPath,
  usedPath,
  `/signatures/${"x".repeat(25)}/confirm`,
  "/signatures",
  "/admin/sign-in",
  "/nothing",
  // Like one of those before, with other words.
  ...cases(
    [
      "/signatures/unknown/confirm",
      "/signatures?sent=1",
      `/stop-emails/${"x".repeat(25)}`,
      "/refused/other-address",
      "/refused/other-site",
      "/refused/broken-sign-in-link",
    ],
    0,
  ),
];

const DIRECTIONS: [string, string, Look[]][] = [
  [
    "English",
    "",
    [
      { scheme: "light", width: 1280 },
      { scheme: "dark", width: 360 },
    ],
  ],
  [
    "Arabic",
    "/ar",
    [
      { scheme: "light", width: 360 },
      { scheme: "dark", width: 768 },
    ],
  ],
];

describe("every public page", () => {
  it("is looked at by somebody who sees faults", async () => {
    // On no page of ours, whose policy would take the styles away.
    const page = await (await newVisitor(browser, {})).newPage();
    await page.setContent(
      '<main style="width:9000px;background:#fff"><p style="color:#ccc">faint</p><img src="x">',
    );
    expect((await faultsOf(page)).join(" ")).toMatch(/color-contrast: .*image-alt: .*wider than/);
    await page.setContent(
      `<html lang="en"><title>Look</title><style>@media (prefers-color-scheme: dark) { p { background: #222; color: #333 } }
       @media (width < 500px) { h1 { width: 600px } }</style><main><h1>Look</h1><p>Faint in the dark</p></main>`,
    );
    expect(await faultsInLooks(page)).toEqual([
      expect.stringContaining("dark, 320 px: color-contrast: <p>"),
      expect.stringContaining("dark, 320 px: wider than the screen"),
    ]);
    await page.context().close();
  });

  it.each(DIRECTIONS)("in %s has nothing that axe objects to, and fits", async (_, prefix, looks) => {
    const context = await newVisitor(browser);
    const page = await context.newPage();
    // What is wrong in the other direction only is wrong on the first ones.
    for (const path of prefix ? cases(pages(), 8) : pages()) {
      await page.goto(`${app.url}${prefix}${path === "/" && prefix ? "" : path}`);
      expect(await faultsInLooks(page, prefix !== "", looks), `${prefix}${path}`).toEqual([]);
      expect(await page.locator("h1").count(), path).toBe(1);
      expect(await page.getAttribute("html", "dir"), path).toBe(prefix ? "rtl" : "ltr");
    }
    await context.close();
  });

  it("shows a form with mistakes that axe has nothing against, and leads to the fields", async () => {
    const page = await open("/letters/uyghurs/sign?as=organisation", { colourScheme: "dark" });
    const title = await page.title();
    // Twice: with mistakes again it says so once.
    for (let time = 0; time < 2; time++) {
      await page.locator("form#sign button[type=submit]").click();
      await page.locator(".error-summary").waitFor();
      await expect.poll(() => page.title()).toBe(`Error: ${title}`);
    }
    // As React does where it takes over the head after the press.
    await page.evaluate((before) => {
      document.title = before;
    }, title);
    await expect.poll(() => page.title()).toBe(`Error: ${title}`);
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("error-summary");
    await page.locator(".error-summary a").first().press("Enter");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("organisationName");
    await page.context().close();
  });
});

describe("a visitor with the keyboard only", () => {
  it("can skip to the content, and signs without touching anything else", async () => {
    const page = await open("/letters/uyghurs/sign?as=individual", {});
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toMatch(/^#/);
    await page.focus("[name=fullName]");
    await page.keyboard.type("Ada Keyboard");
    await page.focus("input[role=combobox]");
    await page.keyboard.type("UK");
    await page.keyboard.press("Tab");
    expect(await page.inputValue("input[role=combobox]")).toBe("United Kingdom");
    expect(await page.inputValue("[name=country]")).toBe("GB");
    await page.fill("[name=email]", "keyboard@example.org");
    await page.focus("[name=visibility][value=public]");
    await page.keyboard.press("Space");
    await page.focus("[name=consent]");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/check-your-mailbox");
    await app.mailbox.waitFor("keyboard@example.org");
    await page.context().close();
  });
});

describe("a visitor in a hurry", () => {
  it("clicks twice and signs once; loses nothing by looking elsewhere or without a network; leaves nothing behind", async () => {
    const page = await open("/letters/uyghurs/sign?as=individual", {});
    await page.fill("[name=fullName]", "Ada Hurried");
    await page.selectOption("[name=country]", "GB");
    await page.fill("[name=email]", "hurried@example.org");
    await page.check("[name=visibility][value=withheld]");
    await page.check("[name=consent]");
    await page.goto(`${app.url}/letters/uyghurs`);
    await page.goBack();
    expect(await page.inputValue("[name=fullName]")).toBe("Ada Hurried");
    expect(await page.isChecked("[name=consent]")).toBe(true);
    await page.context().setOffline(true);
    await page.locator("form#sign button[type=submit]").click();
    await page.locator(".error-summary").waitFor();
    expect(await page.inputValue("[name=fullName]")).toBe("Ada Hurried");
    await page.context().setOffline(false);
    await page.locator("form#sign button[type=submit]").dblclick();
    await page.waitForURL("**/check-your-mailbox");
    // Others use the same device.
    await page.goBack();
    for (const name of ["fullName", "email"]) expect(await page.inputValue(`[name=${name}]`)).toBe("");
    const rows = await runSql(
      app.databaseUrl,
      "SELECT revision FROM signature WHERE visibility = 'WITHHELD'",
    );
    expect(rows).toEqual([{ revision: 1 }]);
    await page.context().close();
  });
});

describe("a visitor who misspells a usual provider", () => {
  it.each(SCRIPTS)("says by one press which address is meant, JavaScript %s", async (javaScript) => {
    const page = await open("/letters/uyghurs/sign?as=individual", { javaScript });
    await page.fill("[name=fullName]", "Ada Misspelt");
    await page.selectOption("[name=country]", "GB");
    await page.fill("[name=email]", `ada-${javaScript}@gmial.com`);
    await page.check("[name=visibility][value=public]");
    await page.check("[name=consent]");
    await page.locator("form#sign .form-end button[type=submit]").click();
    await page.locator(".error-summary").getByText(`Did you mean ada-${javaScript}@gmail.com?`).waitFor();
    expect(await page.inputValue("[name=fullName]")).toBe("Ada Misspelt");
    // The Enter key sends what is in the box by then, and answers nothing.
    const meant = `ada-${javaScript}@outlook.com`;
    await page.fill("[name=email]", `ada-${javaScript}@outlok.com`);
    await page.press("[name=email]", "Enter");
    await page.locator(".error-summary").getByText(`Did you mean ${meant}?`).waitFor();
    await page.uncheck("[name=consent]");
    await page.getByRole("button", { name: `Sign with ${meant}` }).click();
    await page.locator("button[name=emailMeant]").first().waitFor({ state: "detached" });
    if (javaScript) {
      await page.reload();
      await countryBox(page);
    }
    expect(await page.inputValue("[name=email]")).toBe(meant);
    await page.check("[name=consent]");
    await page.locator("form#sign .form-end button[type=submit]").click();
    await page.waitForURL("**/check-your-mailbox");
    await app.mailbox.waitFor(meant);
    expect(await page.getByText(/gmial|outlok/).count()).toBe(0);
    await page.context().close();
  });
});

describe("what is typed", () => {
  it.runIf(THOROUGH)(
    "survives a reload and a look at the other form, and after sending stands only behind a button",
    async () => {
      const page = await open("/letters/uyghurs/sign?as=individual", {});
      await countryBox(page);
      await page.fill("[name=fullName]", "Ada Kept");
      await page.selectOption("[name=country]", "GB");
      await page.fill("[name=email]", "kept@example.org");
      await page.check("[name=visibility][value=public]");
      await page.reload();
      await countryBox(page);
      expect(await page.inputValue("[name=fullName]")).toBe("Ada Kept");
      await page.goto(`${app.url}/letters/uyghurs/sign?as=organisation`);
      await countryBox(page);
      expect(await page.inputValue("[name=email]")).toBe("kept@example.org");
      expect(await page.inputValue("input[role=combobox]")).toBe("United Kingdom");
      await page.goto(`${app.url}/letters/uyghurs/sign?as=individual`);
      await countryBox(page);
      await page.check("[name=consent]");
      await page.locator("form#sign .form-end button[type=submit]").click();
      await page.getByText("kept@example.org").waitFor();
      await page.getByRole("button", { name: "Correct what I entered" }).click();
      await page.waitForURL("**/sign?as=individual");
      await countryBox(page);
      expect(await page.inputValue("[name=fullName]")).toBe("Ada Kept");
      await page.check("[name=visibility][value=withheld]");
      await page.reload();
      await countryBox(page);
      expect(await page.inputValue("[name=fullName]")).toBe("");
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
      await page.context().close();
    },
  );
});

describe("a mailed link", () => {
  it("is shown again and again and changes nothing; a browser that runs scripts neither", async () => {
    const methods = Array.from({ length: rounds(20, 100) }, (_, place) => (place % 2 ? "HEAD" : "GET"));
    const statuses = new Set<number>();
    // All at the same moment could be more than a busy machine answers in time.
    await inLanes(10, methods, async (method) => {
      statuses.add((await fetch(`${app.url}${confirmPath}`, { method })).status);
    });
    expect(statuses).toEqual(new Set([200]));
    const page = await open(confirmPath, {});
    await page.waitForLoadState("networkidle");
    await page.context().close();
    const states = await runSql(
      app.databaseUrl,
      "SELECT state FROM signature WHERE submitted_at > now() - interval '1 hour' AND verified_at IS NOT NULL AND state = 'VERIFIED'",
    );
    expect(states).toHaveLength(1);
  });

  describe.each(
    cases([
      ["with scripts", true],
      ["without scripts", false],
    ] as const),
  )("that somebody who knows the address tries to swap, %s", (_, javaScript) => {
    const run = javaScript ? "scripts" : "plain";
    const visitor = async () => (await newVisitor(browser, { javaScript })).newPage();

    /** As the victim and as the one who wants to see the name shown. */
    async function sign(email: string, visibility: "public" | "withheld"): Promise<void> {
      const answer = await post("/letters/uyghurs/sign?as=individual", { ...FORM, visibility, email });
      expect(answer.status).toBe(303);
    }

    /** The link of so many a mail: what waits for its ten minutes leaves at once. */
    async function nextLink(email: string, count: number): Promise<string> {
      await runSql(
        app.databaseUrl,
        "UPDATE address_mail SET sent_at = ARRAY(SELECT t - interval '11 minutes' FROM unnest(sent_at) t)",
      );
      await runSql(app.databaseUrl, "UPDATE mail SET not_before = now() WHERE state = 'HELD'");
      return linkIn(await app.mailbox.waitFor(email, count), "/confirm");
    }

    /** How the entries of a link's mailbox stand, oldest first. */
    const standing = (path: string) =>
      runSql<{ state: string; visibility: string }>(
        app.databaseUrl,
        `SELECT g.state, g.visibility FROM signature g JOIN confirmation_link t ON t.mailbox_hash = g.mailbox_hash
         WHERE t.token_hash = '${createHash("sha256")
           .update(path.split("/")[4] ?? "")
           .digest("base64url")}' ORDER BY g.submitted_at`,
      );
    const words = (page: Page) => page.locator("main").innerText();
    const press = async (page: Page) => {
      await page.locator("form#confirm button[type=submit]").click();
      await page
        .getByText(/is confirmed/)
        .first()
        .waitFor();
    };

    it("confirms what its holder saw, and the other entry never", async () => {
      const email = `swap-after-${run}@example.org`;
      const mine = await visitor();
      await sign(email, "withheld");
      const link = await nextLink(email, 1);
      await mine.goto(link);
      expect(await words(mine)).toContain("One signature without a name");
      await sign(email, "public");
      await mine.reload();
      expect(await words(mine)).toContain("2 entries are waiting for you to confirm");
      expect(
        await mine
          .locator(".entry input[type=checkbox]")
          .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked)),
      ).toEqual([true, false]);
      await press(mine);
      const after = [
        { state: "VERIFIED", visibility: "WITHHELD" },
        { state: "PENDING", visibility: "PUBLIC" },
      ];
      expect(await standing(link)).toEqual(after);
      // The other is somebody of the same name, who has signed.
      expect(await words(mine)).toContain("You can’t confirm this entry");
      expect(await mine.locator("form#confirm").count()).toBe(0);
      expect(await standing(link)).toEqual(after);
    });

    it.runIf(THOROUGH)(
      "confirms what its holder saw, also where the button was pressed without a look at what came in",
      async () => {
        const email = `swap-open-${run}@example.org`;
        const mine = await visitor();
        await sign(email, "withheld");
        const link = await nextLink(email, 1);
        await mine.goto(link);
        await sign(email, "public");
        await press(mine);
        expect(await standing(link)).toEqual([
          { state: "VERIFIED", visibility: "WITHHELD" },
          { state: "PENDING", visibility: "PUBLIC" },
        ]);
      },
    );

    it.runIf(THOROUGH)("says that an earlier entry waits, where the stranger came first", async () => {
      const email = `swap-before-${run}@example.org`;
      const mine = await visitor();
      await sign(email, "public");
      await nextLink(email, 1);
      await sign(email, "withheld");
      const link = await nextLink(email, 2);
      await mine.goto(link);
      expect(await words(mine)).toContain("2 entries are waiting for you to confirm");
      expect(
        await mine
          .locator(".entry input[type=checkbox]")
          .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked)),
      ).toEqual([false, true]);
      await press(mine);
      expect(await standing(link)).toEqual([
        { state: "PENDING", visibility: "PUBLIC" },
        { state: "VERIFIED", visibility: "WITHHELD" },
      ]);
    });
  });

  it("leaves nothing of itself to anybody: no foreign request, no path in a Referer, no other page's to see", async () => {
    const page = await (await newVisitor(browser)).newPage();
    const asked: { url: string; referer?: string }[] = [];
    page.on("request", (request) => asked.push({ url: request.url(), referer: request.headers().referer }));
    await page.goto(app.url + confirmPath, { waitUntil: "networkidle" });
    await page.locator("header a, footer a").first().click();
    await page.waitForURL((url) => url.pathname !== confirmPath);
    const token = confirmPath.split("/")[2] ?? "";
    expect(asked.filter(({ url }) => !url.startsWith(app.url) && !url.startsWith("data:"))).toEqual([]);
    expect(asked.filter(({ referer = "" }) => referer.includes(token))).toEqual([]);
    expect(asked.some(({ referer }) => referer === `${app.url}/`)).toBe(true);
    expect(await page.evaluate(() => document.referrer)).toBe(`${app.url}/`);
    await page.context().close();
  });
});

describe("a mailed link that was damaged on its way", () => {
  it("leads to where it should, if its token is whole", async () => {
    const page = await open(`${confirmPath.toUpperCase()}).`, { javaScript: false });
    expect(new URL(page.url()).pathname).toBe(confirmPath);
    expect(await page.locator("form#confirm").isVisible()).toBe(true);
    await page.context().close();
  });

  it.each(SCRIPTS)("else to the form for a new one, with scripts: %s", async (javaScript) => {
    const context = await newVisitor(browser, { javaScript });
    const page = await context.newPage();
    const answer = await page.goto(`${app.url}/ar${confirmPath.slice(0, 24)}`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator("h1").innerText()).toBe("هذا الرابط ناقص أو غير صحيح");
    await page.fill("[name=email]", "no address");
    await page.locator("form#resend button[type=submit]").click();
    await page.locator(".error-summary").waitFor();
    await page.fill("[name=email]", "waiting@example.org");
    await page.locator("form#resend button[type=submit]").click();
    await page.waitForURL("**/ar/signatures?sent=1");
    expect(await page.locator("form").count()).toBe(0);
    await context.close();
  });
});

describe("the site opened at another address than its own", () => {
  const FORM_PATH = "/letters/uyghurs/sign?as=individual";
  const elsewhere = () => app.url.replace("localhost", "www.localhost");

  it("says so before anybody types, and leads to the form at its own address", async () => {
    const page = await (await newVisitor(browser)).newPage();
    await page.goto(elsewhere() + FORM_PATH);
    await page.locator("form#sign .notice a").click();
    await page.waitForURL(app.url + FORM_PATH);
    await page.locator("form#sign[aria-busy]").waitFor();
    expect(await page.locator("form#sign .notice").count()).toBe(0);
    await page.context().close();
  });

  it("says so to a form that is sent without a script, and in the log once", async () => {
    const page = await (await newVisitor(browser, { javaScript: false })).newPage();
    for (const path of [FORM_PATH, `/ar${FORM_PATH}`]) {
      await page.goto(elsewhere() + path);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === "POST"),
        page.locator("form#sign button[type=submit]").click(),
      ]);
      expect(answer.status()).toBe(403);
      await page.locator("main a").click();
      expect(page.url()).toBe(app.url + path);
    }
    const told = app
      .log()
      .split("\n")
      .filter((line) => line.includes("another address than PUBLIC_URL"));
    expect(told).toEqual([expect.stringContaining(`"host":"${new URL(elsewhere()).host}"`)]);
    await page.context().close();
  });
});

describe("another site", () => {
  it.runIf(THOROUGH)("shows none of our pages in a frame", async () => {
    const framed = [...pages(), "/admin"];
    const html = framed.map((path) => `<iframe src="${app.url}${path}"></iframe>`).join("");
    const site = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end(`<!doctype html><h1>Another site</h1>${html}`),
    );
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const page = await (await newVisitor(browser)).newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`, { waitUntil: "load" });
    const frames = page.frames().filter((frame) => frame !== page.mainFrame());
    expect(frames).toHaveLength(framed.length);
    for (const frame of frames) {
      expect(frame.url()).toMatch(/^chrome-error:/);
      expect(await frame.locator("main").count()).toBe(0);
    }
    await page.context().close();
    site.close();
  });
});
