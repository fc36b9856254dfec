import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as driver,
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

/** A real Chromium out of an npm package. Close it in `afterAll`. */
export async function launchBrowser(): Promise<Browser> {
  return driver.launch({ ...(await unpackChromium()), args: ARGUMENTS, headless: true });
}

export type ContextChoice = {
  javaScript?: boolean;
  colourScheme?: "light" | "dark";
  viewport?: { width: number; height: number };
  locale?: string;
};

/** A visitor of their own: no cookies shared with another context. */
export function newVisitor(browser: Browser, choice: ContextChoice = {}): Promise<BrowserContext> {
  const options: BrowserContextOptions = {
    javaScriptEnabled: choice.javaScript ?? true,
    colorScheme: choice.colourScheme ?? "light",
    viewport: choice.viewport ?? { width: 1280, height: 800 },
    locale: choice.locale ?? "en-GB",
  };
  return browser.newContext(options);
}
