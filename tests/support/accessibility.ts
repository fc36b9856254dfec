import axe, { type RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

/** What of a page another colour scheme can break. */
const COLOURS = ["color-contrast", "link-in-text-block"];

type Looks = "everything" | "colours";

/** Both colour schemes, and what to look at in each: what a scheme cannot change is looked at once. */
export const SCHEMES: ["light" | "dark", Looks][] = [
  ["light", "everything"],
  ["dark", "colours"],
];

/**
 * Everything that is wrong with a page as it stands: what axe objects to, and what does not fit the screen.
 * @param looks `colours` where the same page was looked at whole in the other scheme
 */
export async function faultsOf(page: Page, looks: Looks = "everything"): Promise<string[]> {
  const runOnly = looks === "colours" ? COLOURS : STANDARDS;
  const options = { runOnly, resultTypes: ["violations"], preload: false } satisfies RunOptions;
  // Past the page's policy, which would not run it.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (asked) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, asked);
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, options);
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return excess > 0 ? [...found, `wider than the screen by ${excess} px`] : found;
}
