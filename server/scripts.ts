import { createHash } from "node:crypto";

// React escapes `</script` inside scripts and `<` in text and attributes, and the letter's HTML has no
// attribute but addresses: a script tag is a script's, and the next closing tag its own.
const SCRIPT = /<script\b([^<>]*)>([\s\S]*?)<\/script>/g;

/** How an element begins that holds data, which no browser runs. */
const DATA = '<script type="application/ld+json">';

/** Takes every script out of a page; what is data stays. */
export function withoutScripts(html: string): string {
  return withoutEarlyScripts(html.replace(SCRIPT, (element) => (element.startsWith(DATA) ? element : "")));
}

const withoutEarlyScripts = (html: string) =>
  html.replace(/<link\b[^<>]*>/g, (tag) => (tag.includes(' as="script"') ? "" : tag));

/**
 * Has a browser ask for the page's scripts once it has painted: on a slow line they would come before its
 * words and faces. Until then the page works as without scripts.
 * @param nonce as Next was given it, for this rendering alone
 */
export function scriptsAfterPaint(html: string, nonce: string): string {
  const files: string[] = [];
  const rest = html.replace(SCRIPT, (element, attributes: string) => {
    const file = / src="([^"]*)"/.exec(attributes)?.[1];
    const isNext = attributes.includes(` nonce="${nonce}"`) && attributes.includes(' async=""');
    if (!file || !isNext) return element;
    files.push(file);
    return "";
  });
  if (files.length === 0) return html;
  const ask = `${ASK}(${JSON.stringify(files)})`;
  return withoutEarlyScripts(rest).replace(
    "</body>",
    () => `<script nonce="${nonce}">${ask}</script></body>`,
  );
}

/** Runs in the page. React finds its files again by these attributes. */
const ASK = `((files)=>requestAnimationFrame(()=>setTimeout(()=>{for(const file of files){const script=document.createElement("script");\
script.setAttribute("async","");script.setAttribute("src",file);document.head.append(script)}})))`;

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
