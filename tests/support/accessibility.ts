import axe, { type RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { THOROUGH } from "./tier";

const EVERYTHING = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
  preload: false,
} satisfies RunOptions;

const COLOURS = { ...EVERYTHING, runOnly: { type: "rule" as const, values: ["color-contrast"] } };

export type Look = { scheme: "light" | "dark"; width: number };

/** Between them both schemes and both ends of width. */
const LOOKS: readonly Look[] = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 320 },
];

/** Of these the trial `admin-looks` sees every page in every look. */
const isAdmins = (page: Page) => /^(?:\/ar)?\/admin\b/.test(new URL(page.url()).pathname);

/**
 * The faults of a page that is open, in one look after the other: it costs much more to load it for each. Of an
 * administrators' page axe sees the first look, and the others are looked at for whether it fits.
 * @param again in another direction, whose colours and words axe has seen in the first: only whether it fits
 */
export async function faultsInLooks(page: Page, again = false, looks = LOOKS): Promise<string[]> {
  const found: string[] = [];
  for (const [place, { scheme, width }] of looks.entries()) {
    const fits = !THOROUGH && (again || (place > 0 && isAdmins(page)));
    // Colours change at once where motion is reduced.
    if (!fits) await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    const faults = fits ? await excessOf(page) : await faultsOf(page, place > 0);
    found.push(...faults.map((fault) => `${scheme}, ${width} px: ${fault}`));
  }
  return found;
}

/**
 * Everything that is wrong with a page as it stands: what axe objects to, and what does not fit the screen.
 * @param again only what can be wrong in another scheme or width of a page that has been looked at whole
 */
export async function faultsOf(page: Page, again = false): Promise<string[]> {
  const choice = again && !THOROUGH ? COLOURS : EVERYTHING;
  // Past the page's policy, which would not run it.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (options) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, choice);
  return [...found, ...(await excessOf(page))];
}

export async function excessOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) return [`wider than the screen by ${scrollWidth - clientWidth} px`];
    // Beyond the edge at which a page begins nothing can be scrolled to: it is cut.
    const isCut = (element: Element) => {
      const { left, right, width } = element.getBoundingClientRect();
      if (width <= 1 || (left >= -1 && right <= clientWidth + 1) || !element.checkVisibility()) return false;
      for (let around = element.parentElement; around; around = around.parentElement)
        if (around !== document.body && getComputedStyle(around).overflowX !== "visible") return false;
      return true;
    };
    const cut = [...document.querySelectorAll("main *")].find(isCut);
    return cut ? [`cut at an edge: ${cut.outerHTML.slice(0, 120)}`] : [];
  });
}
