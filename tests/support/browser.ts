import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type BrowserServer,
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

const options = async () => ({ ...(await unpackChromium()), args: ARGUMENTS, headless: true });

/** A Chromium that several processes share, each with visitors of its own. */
export const serveBrowser = async (): Promise<BrowserServer> => driver.launchServer(await options());

/** A real Chromium out of an npm package: the run's own where there is one. Close it in `afterAll`. */
export async function launchBrowser(): Promise<Browser> {
  const shared = process.env.SHARED_BROWSER;
  return shared ? driver.connect(shared) : driver.launch(await options());
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
