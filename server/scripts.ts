import { createHash } from "node:crypto";

// React escapes `</script` inside scripts and `<` in text and attributes, and the letter's HTML has no attribute but
// addresses: a script tag is a script's, and the next closing tag its own.
const SCRIPT = /<script\b([^<>]*)>([\s\S]*?)<\/script>/g;

/** How an element begins that holds data, which no browser runs. */
const DATA = '<script type="application/ld+json">';

/** Takes every script out of a page; what is data stays. */
export function withoutScripts(html: string): string {
  return html
    .replace(SCRIPT, (element) => (element.startsWith(DATA) ? element : ""))
    .replace(/<link\b[^<>]*>/g, (tag) => (tag.includes(' as="script"') ? "" : tag));
}

/**
 * Names the inline scripts of a page by their hashes, so that it can be kept and sent to anybody. Only those that bear
 * the nonce are named: that is what Next wrote itself, and nothing that came into the page in another way may run.
 * @param nonce as Next was given it, for this rendering alone; it is taken out
 * @returns the page, and the sources of its policy
 */
export function hashScripts(html: string, nonce: string): { html: string; sources: string[] } {
  const sources = new Set<string>();
  for (const [, attributes = "", text = ""] of html.matchAll(SCRIPT)) {
    if (!attributes.includes(` nonce="${nonce}"`) || attributes.includes(" src=")) continue;
    const hash = createHash("sha256").update(text.replaceAll(nonce, "")).digest("base64");
    sources.add(`'sha256-${hash}'`);
  }
  return { html: html.replaceAll(nonce, ""), sources: [...sources] };
}
