import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recountStandings } from "@/lib/counts/standing-counts";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { PROJECT } from "@/lib/project-folder";
import { hideSignature } from "@/lib/signatures/own/hide-signature";
import { proposeShowing } from "@/lib/signatures/own/propose-change";
import { withdrawOwn } from "@/lib/signatures/own/withdraw-own";
import { type Kind, ROUTES } from "@/server/routes";
import { makeObjects, type Objects } from "../support/access-objects";
import { excessOf, faultsOf } from "../support/accessibility";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { launchBrowser, newVisitor } from "../support/browser";
import { individual, organisation } from "../support/letters";
import { LONG_NAME, lettersToLookAt } from "../support/letters-to-look-at";
import { manageLinkTo } from "../support/manage-link";
import { moderator, waitingSignature } from "../support/moderators";
import { cases, THOROUGH } from "../support/tier";

/**
 * Every administrators' page: all that axe objects to, and whether it fits a phone. A trial sees each in every look, with
 * pictures in `.data/admin-looks`, and by keyboard. LOOKS names some looks only (`1280-light-en`), LOOK_AT some pages only
 * (part of their address).
 */
const FOLDER = join(PROJECT, ".data/admin-looks");
const ALL = [360, 768, 1280].flatMap((width) =>
  (["light", "dark"] as const).flatMap((scheme) =>
    (["en", "ar"] as const).map((locale) => ({
      width,
      scheme,
      locale,
      name: `${width}-${scheme}-${locale}`,
    })),
  ),
);
const wanted = process.env.LOOKS?.split(",") ?? (THOROUGH ? undefined : ["1280-light-en"]);
const LOOKS = ALL.filter(({ name }) => !wanted || wanted.includes(name));
/** A picture of the whole page costs as much as all the rest. */
const picture = async (page: Page, name: string, fullPage = false) => {
  if (THOROUGH) await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage });
};

let app: App;
let browser: Browser;
let own: Objects;
let letters: { long: string; arabic: string };

beforeAll(async () => {
  app = await startApp({ worker: false });
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
  own = await makeObjects("Ada Exampleton");
  await fillQueue();
  await fillLists();
  letters = await lettersToLookAt(await moderator("olga@example.org", "OWNER"), new Date());
  await mkdir(FOLDER, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

const DAY_MS = 86_400_000;

/** Signatures of many kinds, some of them old, some on hold, some decided. */
async function fillQueue(): Promise<void> {
  const people = [
    individual({ email: "p1@example.org", name: "Wolfeschlegelsteinhausenbergerdorff Maximilian" }),
    individual({ email: "p2@mailinator.com", name: "Zoë Exаmple", visibility: "WITHHELD" }),
    individual({
      email: "p3@example.org",
      name: "نور المثال",
      country: "EG",
      comment: "Please be discreet.",
    }),
    organisation({ email: "o1@gmail.com", name: LONG_NAME }),
    organisation({ email: "o2@foundation.example.org", country: "FR" }),
    individual({ email: "p4@example.org", name: "王小明", country: "TW" }),
  ];
  const changes = [
    {},
    { hold: "UNCHECKED" as const },
    {},
    {},
    { state: "REJECTED" as const, decidedAt: new Date() },
  ];
  for (const [place, input] of people.entries()) {
    const { signatureId: id } = await waitingSignature("uyghurs", input, new Date());
    const verifiedAt = new Date(Date.now() - place * 2 * DAY_MS);
    await db.signature.update({ where: { id }, data: { verifiedAt, ...changes[place] } });
  }
  await db.$transaction((tx) => recountStandings(tx, own.letterId, true));
}

/** What waits besides signatures: a name to be shown again, a report, and a line about who withdrew. */
async function fillLists(): Promise<void> {
  const now = new Date();
  const admin = await moderator("olga@example.org", "OWNER");
  await db.letter.update({ where: { id: own.letterId }, data: { withdrawalsShown: true } });
  const approved = async (name: string, email: string) => {
    const seen = await waitingSignature("uyghurs", individual({ name, email }), now);
    await approveSignature({ admin, seen, asExpert: false, now });
    return { id: seen.signatureId, token: await manageLinkTo(seen.signatureId), now };
  };
  const hidden = await approved("Hilda Hidden", "h1@example.org");
  await hideSignature(hidden);
  await proposeShowing(hidden);
  await withdrawOwn({ ...(await approved("Willa Withdrawn", "w1@example.org")), noted: true });
  const { id: signatureId } = await approved("Rita Reported", "r1@example.org");
  await db.objection.updateMany({ where: { letterId: own.letterId }, data: { signatureId } });
}

/** What stands for the parameters of an address, for each kind of thing that it can name. */
function pathsOf(pattern: string): string[] {
  const { signatureId } = own.seen;
  if (pattern.includes("/bulk/[id]"))
    return [own.bulkDraft, own.bulkAction].map((id) => pattern.replace("[id]", publicId(id)));
  if (pattern.includes("/signatures/[id]"))
    return [pattern.replace("[slug]", "uyghurs").replace("[id]", publicId(signatureId))];
  if (pattern.includes("[slug]"))
    return cases(["uyghurs", own.letter.slug, letters.long, letters.arabic]).map((slug) =>
      pattern.replace("[slug]", slug),
    );
  return [pattern.replace("[token]", own.link)];
}

const KINDS: Kind[] = ["page", "shell", "document"];
const PAGES = ROUTES.filter(({ pattern, kind }) => pattern.startsWith("/admin") && KINDS.includes(kind));

const nameOf = (path: string) =>
  path
    .replace(/[a-z0-9]{20,}/, "id")
    .replace(/\W+/g, "-")
    .replace(/^-|-$/g, "");

async function allPaths(): Promise<string[]> {
  const lists = ["hold", "approved"].map((state) => `/admin/letters/uyghurs/signatures?state=${state}`);
  const filtered = "/admin/signatures?state=verified&domains=example.org";
  const paths = [...PAGES.flatMap(({ pattern }) => pathsOf(pattern)), ...lists, filtered];
  return paths.filter((path) => path.includes(process.env.LOOK_AT ?? ""));
}

async function signedIn(look: (typeof LOOKS)[number]): Promise<Page> {
  const viewport = { width: look.width, height: look.width < 700 ? 740 : 900 };
  const context = await newVisitor(browser, { colourScheme: look.scheme, viewport });
  await moderator("olga@example.org", "OWNER");
  const value = await validSession("olga@example.org", "OWNER");
  await context.addCookies([{ name: SESSION_COOKIE, value, url: app.url }]);
  return context.newPage();
}

it.each(LOOKS)("look right: $name", async (look) => {
  const page = await signedIn(look);
  for (const path of await allPaths()) {
    await page.goto(`${app.url}${look.locale === "en" ? "" : `/${look.locale}`}${path}`);
    await page.evaluate(() => document.fonts.ready);
    await picture(page, `${nameOf(path)}-${look.name}`, true);
    // What stays in view half covers a line here or there, which scrolls out from under it.
    await page.evaluate(() =>
      document.querySelector<HTMLElement>(".decide")?.style.setProperty("position", "static"),
    );
    expect.soft(await faultsOf(page), `${path} ${look.name}`).toEqual([]);
    if (THOROUGH) continue;
    await page.setViewportSize({ width: 360, height: 740 });
    expect.soft(await excessOf(page), `${path} on a phone`).toEqual([]);
    await page.setViewportSize({ width: look.width, height: 900 });
  }
  const menu = page.locator(".bar-menu > summary");
  await page.goto(`${app.url}${look.locale === "en" ? "" : `/${look.locale}`}/admin`);
  await menu.click();
  await picture(page, `menu-${look.name}`);
  expect.soft(await faultsOfPanel(page), `menu ${look.name}`).toEqual([]);
  await page.locator(".bar-letter > summary").click();
  await picture(page, `switcher-${look.name}`);
  expect.soft(await faultsOfPanel(page), `switcher ${look.name}`).toEqual([]);
  expect.soft(app.log(), "no sentence is missing").not.toMatch(/MISSING_MESSAGE|FORMATTING_ERROR/);
  await page.context().close();
});

/** What the open panel half covers is too small to press meanwhile, and is not pressed. */
const faultsOfPanel = async (page: Page) =>
  (await faultsOf(page)).filter((fault) => !fault.startsWith("target-size"));

/** What has the focus, and whether it can be seen: inside the window and under nothing else. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    // Of what is taller than the window, the part that is in it.
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, window.innerHeight)];
    const [x, y] = [box.x + Math.min(box.width / 2, 40), (top + bottom) / 2];
    const at = document.elementFromPoint(x, y);
    const seen = Boolean(at && (element.contains(at) || at.contains(element) || at.closest("label")));
    const words = (element.textContent || element.getAttribute("name") || "").trim().slice(0, 40);
    return { what: `${element.tagName} ${words}`, seen, at: at?.outerHTML.slice(0, 80) };
  });

it.runIf(THOROUGH).each([360, 1280])("can be used with the keyboard only at %i px", async (width) => {
  const page = await signedIn({ width, scheme: "light", locale: "en", name: "" });
  for (const path of await allPaths()) {
    await page.goto(app.url + path);
    const hidden: string[] = [];
    let steps = 0;
    for (; steps < 400; steps++) {
      await page.keyboard.press("Tab");
      const now = await focused(page);
      if (!now) break;
      if (!now.seen) hidden.push(`${now.what} beneath ${now.at}`);
    }
    expect.soft(hidden, path).toEqual([]);
    expect.soft(steps, `${path}: the focus comes out again`).toBeLessThan(400);
  }
  await page.context().close();
});
