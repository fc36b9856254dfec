import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as driver,
  type Locator,
  type Page,
} from "playwright-core";
import { unpackChromium } from "./chromium";

// The package's own arguments would switch off the same-origin rule and crash at a second context.
const ARGUMENTS = [
  "--no-sandbox",
  "--headless=new",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const launch = async () => driver.launch({ ...(await unpackChromium()), args: ARGUMENTS, headless: true });

/** What a worker of Vitest's keeps from file to file: its browser, and visitors that have gone and left nothing. */
type Kept = { browser: Promise<Browser>; gone: Map<string, BrowserContext[]> };
const worker = globalThis as { [slot: symbol]: Kept | undefined };
const slot = Symbol.for("tests.browser");
/** More than one file has at a time. */
const MOST_GONE = 4;

/**
 * A real Chromium out of an npm package. Close it in `afterAll`: a worker of Vitest's keeps it for its next file, and only
 * its visitors go.
 */
export async function launchBrowser(): Promise<Browser> {
  if (!process.env.VITEST) return launch();
  const kept = await worker[slot]?.browser.catch(() => undefined);
  if (!kept?.isConnected()) worker[slot] = { browser: launch(), gone: new Map() };
  const { browser: launching, gone } = worker[slot] as Kept;
  const browser = await launching;
  browser.close = async () => {
    const all = new Set([...gone.values()].flat());
    for (const context of browser.contexts()) if (!all.has(context)) await context.close();
  };
  return browser;
}

export type ContextChoice = {
  javaScript?: boolean;
  colourScheme?: "light" | "dark";
  viewport?: { width: number; height: number };
  locale?: string;
};

/**
 * A visitor of their own: no cookies shared with another context. Whoever has closed theirs is the next one with the same
 * choice, who finds the scripts in the browser's cache.
 */
export async function newVisitor(browser: Browser, choice: ContextChoice = {}): Promise<BrowserContext> {
  const options: BrowserContextOptions = {
    javaScriptEnabled: choice.javaScript ?? true,
    colorScheme: choice.colourScheme ?? "light",
    viewport: choice.viewport ?? { width: 1280, height: 800 },
    locale: choice.locale ?? "en-GB",
  };
  const gone = worker[slot]?.gone;
  const key = JSON.stringify(options);
  const known = gone?.get(key)?.pop();
  if (known) return known;
  const context = await browser.newContext(options);
  if (!gone) return context;
  const end = context.close.bind(context);
  context.close = async () => {
    const others = gone.get(key) ?? [];
    if (others.includes(context)) return;
    if (others.length >= MOST_GONE) return end();
    await leaveNothing(context);
    gone.set(key, [...others, context]);
  };
  return context;
}

/** What pages keep in their session ends with them; nothing of ours keeps anything longer. */
async function leaveNothing(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.close();
  await Promise.all([context.clearCookies(), context.unrouteAll(), context.setOffline(false)]);
}

/** The box to type a country into, which comes once somebody begins to use the form. */
export async function countryBox(page: Page): Promise<Locator> {
  await page.locator("form .input[name]").first().focus();
  const box = page.locator("input[role=combobox]");
  await box.waitFor();
  return box;
}
