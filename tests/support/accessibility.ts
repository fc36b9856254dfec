import axe, { type RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { THOROUGH } from "./tier";

const EVERYTHING = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
  preload: false,
} satisfies RunOptions;

const COLOURS = { ...EVERYTHING, runOnly: { type: "rule" as const, values: ["color-contrast"] } };

/**
 * Everything that is wrong with a page as it stands: what axe objects to, and what does not fit the screen.
 * @param again only what can be wrong in another scheme, width or direction of a page that has been looked at whole
 */
export async function faultsOf(page: Page, again = false): Promise<string[]> {
  const choice = again && !THOROUGH ? COLOURS : EVERYTHING;
  // Past the page's policy, which would not run it.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (options) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, choice);
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return excess > 0 ? [...found, `wider than the screen by ${excess} px`] : found;
}
