import type { Page } from "playwright-core";

/** What extensions and translators put into a page before its scripts are there. Each runs in the page. */
export const INTRUDERS = {
  "an element beside the address field": () =>
    document.querySelector("form [name=email], form input.input")?.after(document.createElement("span")),
  "an element first in the body": () => document.body.prepend(document.createElement("div")),
  "an element last in main": () => document.querySelector("main")?.append(document.createElement("div")),
  "text wrapped in font": () => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: ChildNode[] = [];
    while (texts.nextNode()) found.push(texts.currentNode as Text);
    for (const text of found) {
      if (!text.textContent?.trim() || text.parentElement?.closest("script, style, textarea, option"))
        continue;
      const font = document.createElement("font");
      text.replaceWith(font);
      font.append(text);
    }
  },
};

export type Intruder = keyof typeof INTRUDERS;

/** Decrypts a page whose scripts come when they are let. @returns what lets them */
export async function openBeforeScripts(page: Page, url: string): Promise<() => void> {
  let letCome = () => {};
  const coming = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await coming;
    await route.continue();
  });
  // A busy machine may ask to come again.
  while ((await page.goto(url, { waitUntil: "domcontentloaded" }))?.status() === 503);
  return letCome;
}

// What is sent: a box to search a list by is nothing of its own.
const VISIBLE = "input[name]:not([type=hidden], [type=file]), select, textarea";

/** Fills every control of every form as a browser does it by itself: without an event that a script could hear. */
const fillSilently = (page: Page) =>
  page.evaluate((controls) => {
    const all = document.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
      controls,
    );
    all.forEach((control, place) => {
      if (control instanceof HTMLSelectElement) control.selectedIndex = control.options.length - 1;
      else if (/^(checkbox|radio)$/.test(control.type)) (control as HTMLInputElement).checked = true;
      else control.value = control.type === "datetime-local" ? "2026-01-01T00:00" : `typed ${place}`;
    });
  }, VISIBLE);

/** What every control of the page holds, in order. */
const heldValues = (page: Page) =>
  page.evaluate(
    (controls) =>
      [...document.querySelectorAll<HTMLInputElement>(controls)].map(({ name, type, value, checked }) =>
        /^(checkbox|radio)$/.test(type) ? `${name}=${value} ${checked}` : `${name}=${value}`,
      ),
    VISIBLE,
  );

/** What the forms of a page hold that were filled before its scripts came, and what once they have come. */
export async function throughStart(page: Page, url: string, intruder: Intruder) {
  const letScriptsCome = await openBeforeScripts(page, url);
  await fillSilently(page);
  await page.evaluate(INTRUDERS[intruder]);
  const before = await heldValues(page);
  const anew = await startReact(page, letScriptsCome);
  return { before, after: await heldValues(page), anew };
}

/**
 * Lets the scripts come, and waits until React has taken the page over.
 * @returns whether it threw away what the server had sent: it passes over some intruders, which is as good
 */
export async function startReact(page: Page, letScriptsCome: () => void): Promise<boolean> {
  const sent = await page.locator("main").elementHandle();
  letScriptsCome();
  // React's own record, on the document that it was started on.
  const taken = () => {
    const key = Object.keys(document).find((name) => name.startsWith("__reactContainer$"));
    const root =
      key &&
      (
        document as unknown as Record<
          string,
          { stateNode: { current: { memoizedState: { isDehydrated: boolean } } } }
        >
      )[key];
    return root && !root.stateNode.current.memoizedState.isDehydrated;
  };
  await page.waitForFunction(taken, null, { timeout: 60_000 });
  return page.evaluate((main) => !main?.isConnected, sent);
}
