import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { runSql } from "../support/database";
import { linkIn } from "../support/mailbox";
import { ticked } from "../support/ticked";

const LETTER = "/letters/uyghurs";
const LIST = `${LETTER}/signatories`;
const PHONE = { width: 360, height: 740 };
const MOST_BYTES = 200_000;

let app: App;
let browser: Browser;
beforeAll(async () => {
  app = await startApp();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function open(path: string, choice: ContextChoice = {}): Promise<Page> {
  const page = await (await newVisitor(browser, choice)).newPage();
  await page.goto(app.url + path);
  return page;
}

/** How far down the page something ends. */
const endOf = async (page: Page, selector: string, place = 0) => {
  const box = await page.locator(selector).nth(place).boundingBox();
  return box ? box.y + box.height : Number.POSITIVE_INFINITY;
};
const read = (path: string) => fetch(app.url + path);

it("says within a phone's first screen who writes what to whom, who has signed, and both ways to sign", async () => {
  const page = await open(LETTER, { viewport: PHONE, javaScript: false });
  for (const part of [".organiser", ".letter-to", "h1", ".headline", ".including", ".sign-actions .button"])
    expect(await endOf(page, part), part).toBeLessThanOrEqual(PHONE.height);
  expect(await page.locator(".including").innerText()).toMatch(/^including \S/);
  for (const name of ["Sign for an organisation", "Sign as an individual"]) {
    const box = await page.getByRole("link", { name }).first().boundingBox();
    expect(box && box.y + box.height, name).toBeLessThanOrEqual(PHONE.height);
  }
  await page.locator(".headline a").click();
  expect(new URL(page.url()).pathname).toBe(LIST);
  expect(await endOf(page, ".names .name", 3)).toBeLessThanOrEqual(PHONE.height);
  await page.locator(".kinds").getByRole("link", { name: "Experts 16" }).click();
  expect(await page.locator(".kinds [aria-current]").innerText()).toBe("Experts 16");
  expect(await page.locator(".names > li").count()).toBe(16);
  // A search stays in the chosen kind.
  await page.getByLabel("Name or affiliation").fill("example");
  await page.getByRole("button", { name: "Show" }).click();
  expect(new URL(page.url()).searchParams.get("kind")).toBe("expert");
  await page.context().close();
});

it("is read without any script, from this site alone, and with nothing that its policy stops", async () => {
  const page = await (await newVisitor(browser)).newPage();
  const asked: { url: string; type: string }[] = [];
  const said: string[] = [];
  page.on("request", (request) => asked.push({ url: request.url(), type: request.resourceType() }));
  page.on("console", (message) => said.push(message.text()));
  for (const path of [LETTER, LIST, `/ar${LETTER}`])
    await page.goto(app.url + path, { waitUntil: "networkidle" });
  expect(asked.filter(({ url, type }) => type === "script" || !url.startsWith(app.url))).toEqual([]);
  // Fonts are asked for with the styles; the Arabic one only where a page reads from right to left.
  const early = async (path: string) => (await read(path)).headers.get("link") ?? "";
  expect(await early(LETTER)).toMatch(
    /^<[^>]*public-sans-latin[^>]*\.woff2>; rel=preload; as=font.*source-serif-4-latin/,
  );
  expect(await early(LETTER)).not.toContain("arabic");
  expect(await early(`/ar${LETTER}`)).toContain("noto-naskh-arabic-arabic");
  expect(await early(`${LIST}/nobody/objection`)).toContain("public-sans-latin");
  expect(said).toEqual([]);
  await page.goto(app.url + LETTER);
  const data = await page.locator('script[type="application/ld+json"]').textContent();
  expect(JSON.parse(data ?? "")).toMatchObject({ "@type": "Article", inLanguage: "en" });
  await page.context().close();
});

it("is passed on: an address that selects itself, plain links in the letter's language, a picture", async () => {
  const page = await open(`/ar${LETTER}`);
  const address = `${app.url}${LETTER}`;
  await page.locator(".share-address").click();
  expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe(address);
  const links = await page
    .locator(".share-ways a")
    .evaluateAll((all) => all.map((link) => decodeURIComponent((link as HTMLAnchorElement).href)));
  expect(links).toHaveLength(5);
  for (const link of links) expect(link).toContain(address);
  expect(links[1]).toMatch(
    /^https:\/\/wa\.me\/\?text=“Open Letter .*signed by 23 organisations from 5 countries/,
  );
  expect(await page.locator("meta[name='twitter:card']").getAttribute("content")).toBe("summary_large_image");
  const picture = await page.locator("meta[property='og:image']").getAttribute("content");
  expect(picture).toBe(`${app.url}/ar${LETTER}/share.png`);
  await page.context().close();
  const drawn = await vi.waitFor(
    async () => {
      const answer = await read(`${LETTER}/share.png`);
      expect(answer.status).toBe(200);
      return answer;
    },
    { timeout: 60_000, interval: 1_000 },
  );
  expect(drawn.headers.get("content-type")).toBe("image/png");
  const bytes = Buffer.from(await drawn.arrayBuffer());
  expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1_200, 630]);
});

it("is followed, found and marked: feed, sitemap, robots, icons; of one that is not listed nothing is found", async () => {
  await runSql(
    app.databaseUrl,
    `INSERT INTO timeline_entry (id, letter_id, day, text) SELECT gen_random_uuid(), id, '2026-11-20', 'Handed <over> & read' FROM letter`,
  );
  const announce = () =>
    runSql(
      app.databaseUrl,
      "SELECT pg_notify('undersigned_changes', x) FROM unnest(ARRAY['letter:uyghurs', 'letters']) x",
    );
  await announce();
  await vi.waitFor(async () => expect(await (await read(`${LETTER}/feed.xml`)).text()).toContain("Handed"));
  const feed = await read(`${LETTER}/feed.xml`);
  expect(feed.headers.get("content-type")).toContain("application/atom+xml");
  const page = await open(LETTER);
  const titles = await page.evaluate(
    (text) => {
      const parsed = new DOMParser().parseFromString(text, "application/xml");
      return [...parsed.querySelectorAll("entry > title, parsererror")].map((one) => one.textContent);
    },
    await feed.text(),
  );
  expect(titles).toContain("Handed <over> & read");
  expect(await page.locator("link[type='application/atom+xml']").getAttribute("href")).toMatch(/feed\.xml$/);
  await page.context().close();
  expect(await (await read("/robots.txt")).text()).toContain(`Sitemap: ${app.url}/sitemap.xml`);
  // The letter is there in English alone.
  const found = await (await read("/sitemap.xml")).text();
  expect(found).toContain(`<loc>${app.url}${LETTER}</loc>`);
  expect(found).not.toContain(`/ar${LETTER}<`);
  for (const icon of ["/favicon.ico", "/apple-touch-icon.png"]) {
    const answer = await read(icon);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      expect.stringMatching(/^image\//),
    ]);
  }

  await runSql(app.databaseUrl, "UPDATE letter SET listed = false");
  await announce();
  await vi.waitFor(async () => expect(await (await read("/sitemap.xml")).text()).not.toContain(LETTER));
  for (const path of [`${LETTER}/feed.xml`, `${LETTER}/share.png`])
    expect((await read(path)).headers.get("x-robots-tag"), path).toContain("noindex");
  for (const path of [LETTER, LIST])
    expect(await (await read(path)).text(), path).toMatch(/name="robots" content="noindex/);
  await runSql(app.databaseUrl, "UPDATE letter SET listed = true");
  await announce();
});

it("keeps the page's edge around a letter in another language, and says that it is not translated", async () => {
  const page = await open(`/ar${LETTER}`, { viewport: { width: 1_280, height: 900 } });
  const edges = await page
    .locator(".letter-head h1, .letter-head .headline, .letter-body, .letter-head .letter-to")
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().right)));
  expect(new Set(edges).size, String(edges)).toBe(1);
  expect(await page.locator(".untranslated").innerText()).toContain("لم تُترجم");
  // The label is the page's own, at its edge; the names beside it keep to it.
  expect(await page.locator(".letter-to-label").innerText()).toBe("إلى:");
  const names = page.locator(".letter-to ul");
  expect(await names.evaluate((list) => getComputedStyle(list).textAlign)).toBe("right");
  await page.setViewportSize(PHONE);
  for (const part of [".letter-to", "h1", ".headline", ".including", ".sign-choices > :nth-child(2) a"])
    expect(await endOf(page, part), part).toBeLessThanOrEqual(PHONE.height);
  // No link to a language that the letter is not there in: but the original is.
  expect(
    await page.locator(".languages a").evaluateAll((all) => all.map((one) => one.getAttribute("hreflang"))),
  ).toEqual(["en"]);
  await page.goto(app.url + LETTER);
  expect(await page.locator(".languages").count()).toBe(0);
  expect(await page.locator(".untranslated").count()).toBe(0);
  await page.context().close();
});

it("leaves its room to the letter where the window is low, and is printed whole with a running title", async () => {
  const page = await open(LETTER, { viewport: { width: 640, height: 360 } });
  expect(await page.locator(".sign-bar").evaluate((bar) => getComputedStyle(bar).position)).toBe("static");
  await page.setViewportSize(PHONE);
  expect(await page.locator(".sign-bar").evaluate((bar) => getComputedStyle(bar).position)).toBe("sticky");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".printed-head").innerText()).toContain(`${app.url}${LETTER}`);
  for (const part of [".sign-bar", ".sign-actions", ".share", ".site-links"])
    expect(await page.locator(part).first().isVisible(), part).toBe(false);
  await page.context().close();
});

it("lets who has signed pass it on by a press, and tell of themselves only once everybody sees their name", async () => {
  const values = { form: "sign", fullName: "Ada Kit", country: "GB", visibility: "public", consent: "on" };
  const post = (path: string, body: Record<string, string>) =>
    fetch(app.url + path, {
      ...{ method: "POST", redirect: "manual", headers: { origin: app.url } },
      body: new URLSearchParams(body),
    });
  await post(`${LETTER}/sign?as=individual`, { ...values, email: "kit@example.org" });
  const link = new URL(linkIn(await app.mailbox.waitFor("kit@example.org"), "/confirm")).pathname;
  await post(link, ticked(await (await read(link)).text()) ?? {});
  const page = await open(link);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator(".signed-kit").getByRole("button", { name: "Copy" }).click();
  await page.locator(".signed-kit").getByText("Copied.").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`${app.url}${LETTER}`);
  const own = page.getByRole("heading", { name: "For your own site" });
  expect(await own.count()).toBe(0);
  await runSql(
    app.databaseUrl,
    `INSERT INTO public_signatory (signature_id, letter_id, section, country, sort_key, name, published_at, signed_at, version)
     SELECT id, letter_id, 'OTHERS', 'GB', 'ada kit', 'Ada Kit', now(), now(), 1 FROM signature
     WHERE state = 'VERIFIED' ORDER BY verified_at DESC LIMIT 1`,
  );
  await page.reload();
  await own.waitFor();
  expect(await page.locator(".share-address").nth(1).innerText()).toContain("I have signed “Open Letter");
  await page.context().close();
});

it("bears the organiser's name on the form, the list and where nothing is", async () => {
  const page = await open(`${LETTER}/sign`);
  for (const path of [`${LETTER}/sign`, LIST, "/nothing", "/signatures"]) {
    await page.goto(app.url + path);
    expect(await page.locator(".site-mark").innerText(), path).toBe(
      "Example Coalition for Atrocity Prevention",
    );
  }
  await page.context().close();
});
