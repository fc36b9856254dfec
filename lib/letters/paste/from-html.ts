import type { Element, ElementContent, Nodes, Parents, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { type Handle, toMdast } from "hast-util-to-mdast";
import { gfmFootnoteToMarkdown } from "mdast-util-gfm-footnote";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";
import { classOf, element, isElement, styleOf, textIn } from "@/lib/letters/paste/elements";
import { gatherLists } from "@/lib/letters/paste/gather-lists";
import { liftNotes, NOTE, REFERENCE } from "@/lib/letters/paste/lift-notes";

/**
 * Turns what a word processor or a web page has put on the clipboard into clean Markdown: headings, lists, links, bold and
 * italic, quotes, tables and footnotes. Styles, pictures, scripts and everything else are left out.
 * @param firstNote the number of the first footnote: those before it are the text's own
 * @returns the Markdown, and how many pictures are left out
 */
export function markdownFromHtml(html: string, firstNote = 1): { markdown: string; pictures: number } {
  const tree = fromHtml(fragmentOf(html), { fragment: true });
  const pictures = picturesIn(tree);
  liftNotes(tree, firstNote);
  tree.children = cleaned(tree) as RootContent[];
  const markdown = toMarkdown(
    toMdast(tree, { handlers: { [REFERENCE]: reference, [NOTE]: note } }) as never,
    {
      bullet: "-",
      emphasis: "*",
      rule: "-",
      listItemIndent: "one",
      extensions: [gfmTableToMarkdown(), gfmFootnoteToMarkdown()],
    },
  );
  return { markdown: markdown.trim(), pictures };
}

const PICTURES = new Set(["img", "picture", "svg"]);

function picturesIn(node: Nodes): number {
  if (isElement(node) && (isHidden(node) || isUnseen(node))) return 0;
  if (isElement(node) && PICTURES.has(node.tagName)) return 1;
  return "children" in node ? node.children.reduce((sum, child) => sum + picturesIn(child), 0) : 0;
}

/** A picture of one pixel counts readers of an email or a page. */
const isUnseen = ({ properties: { width, height } }: Element) => Number(width) <= 1 || Number(height) <= 1;

/** Windows puts a whole page on the clipboard and marks what was copied. */
function fragmentOf(html: string): string {
  return /<!--\s*StartFragment\s*-->([\s\S]*)<!--\s*EndFragment\s*-->/.exec(html)?.[1] ?? html;
}

const labelled = ({ properties }: Element) => {
  const label = String(properties.label ?? "");
  return { identifier: label, label };
};
const reference: Handle = (_state, node) => ({ type: "footnoteReference", ...labelled(node) });
const note: Handle = (state, node) => ({
  type: "footnoteDefinition",
  ...labelled(node),
  children: state.toFlow(state.all(node)) as never,
});

const DROPPED = new Set(
  "script style head meta title link base img picture svg math canvas iframe object embed video audio source input button select textarea noscript template o:p v:shape w:sdt xml".split(
    " ",
  ),
);
const KEPT = new Set(
  `p h1 h2 h3 h4 h5 h6 a em strong ul ol li blockquote hr br pre code table thead tbody tfoot tr th td ${REFERENCE} ${NOTE}`.split(
    " ",
  ),
);
const RENAMED: Record<string, string> = {
  b: "strong",
  i: "em",
  cite: "em",
  dfn: "em",
  tt: "code",
  dir: "ul",
};
/** What begins on a line of its own. */
const BLOCKS = new Set(
  `p h1 h2 h3 h4 h5 h6 ul ol li blockquote hr pre table thead tbody tfoot tr th td div section article main header footer aside nav figure figcaption address details summary dl dt dd center ${NOTE}`.split(
    " ",
  ),
);
const isBlock = (node: Nodes) => isElement(node) && BLOCKS.has(node.tagName);

/** The children of a node as they are meant. */
function cleaned(parent: Parents): ElementContent[] {
  const nodes = gatherLists(parent.children as ElementContent[]).flatMap(cleanNode);
  const hasBlocks = nodes.some(isBlock);
  // Between blocks, line breaks are Google's way to leave a line empty.
  return joined(hasBlocks ? nodes.filter((node) => !isElement(node) || node.tagName !== "br") : nodes);
}

function cleanNode(node: ElementContent): ElementContent[] {
  if (node.type === "text") return [{ type: "text", value: plainSpaces(node.value) }];
  if (!isElement(node) || DROPPED.has(node.tagName) || isHidden(node)) return [];
  const { weight, slant } = lookOf(node);
  const children = cleaned(node);
  const tag = tagOf(node);
  if (tag === "strong" || tag === "em") {
    const isPlain = (tag === "strong" && weight === false) || (tag === "em" && slant === false);
    return isPlain || children.some(isBlock) ? children : emphasised(tag, children);
  }
  const words = children.some(isBlock) ? children : marked(children, { weight, slant, tag });
  if (!KEPT.has(tag)) return isBlock(node) && !children.some(isBlock) ? paragraph(words) : words;
  if (tag === "a") return linked(node, words);
  if (/^h\d$/.test(tag)) return textIn(words) ? [element(tag, withoutStrong(words))] : [];
  if (tag === "p") return children.some(isBlock) ? children : paragraph(words);
  if (tag === "li") return [element("li", tight(words))];
  if (tag === "table") return tableOf(words);
  if ((tag === "ul" || tag === "ol") && !words.some(isElement)) return [];
  if (tag === "blockquote") return textIn(words) ? [element("blockquote", words)] : [];
  const { start, colSpan, label } = node.properties;
  return [element(tag, words, { start, colSpan, label })];
}

const plainSpaces = (text: string) =>
  text.replace(/[\u00a0\u202f]/g, " ").replace(/[\u200b\ufeff\u00ad]/g, "");
/** Word's list of footnotes is empty by now, but for the line above it. */
const isHidden = (node: Element) =>
  /display:\s*none|mso-hide:\s*all|mso-element:\s*footnote-list/i.test(styleOf(node));

/** Whether an element says that its words are bold or slanted, or that they are not. */
function lookOf(node: Element): { weight?: boolean; slant?: boolean } {
  const style = styleOf(node);
  const weight = /(?<![\w-])font-weight:\s*(\w+)/i.exec(style)?.[1];
  const slant = /(?<![\w-])font-style:\s*(\w+)/i.exec(style)?.[1];
  return {
    weight: weight === undefined ? undefined : /^(?:bold|bolder|[6-9]00)$/i.test(weight),
    slant: slant === undefined ? undefined : /^(?:italic|oblique)$/i.test(slant),
  };
}

function tagOf(node: Element): string {
  const name = classOf(node);
  if (node.tagName === "p" && /\bMso(?:Intense)?Quote\b/.test(name)) return "blockquote";
  if (node.tagName === "p" && /\bMsoTitle\b/.test(name)) return "h1";
  if (node.tagName === "p" && /\bMsoSubtitle\b/.test(name)) return "h2";
  return RENAMED[node.tagName] ?? node.tagName;
}

/** The words of a span that only looks bold or slanted; a heading is bold anyway. */
function marked(
  children: ElementContent[],
  { weight, slant, tag }: { weight?: boolean; slant?: boolean; tag: string },
): ElementContent[] {
  if (/^(?:h\d|th|code|pre)$/.test(tag)) return children;
  const slanted = slant ? emphasised("em", children) : children;
  return weight ? emphasised("strong", slanted) : slanted;
}

/** Emphasis around words alone: Markdown knows none that begins or ends with a space. */
function emphasised(tag: "strong" | "em", children: ElementContent[]): ElementContent[] {
  if (!textIn(children)) return children;
  const [before, after] = [takeSpace(children, "start"), takeSpace(children, "end")];
  const space = (found: boolean): ElementContent[] => (found ? [{ type: "text", value: " " }] : []);
  return [...space(before), element(tag, children), ...space(after)];
}

/** Takes the space from one end of some words. @returns whether there was one */
function takeSpace(nodes: ElementContent[], end: "start" | "end"): boolean {
  const node = end === "start" ? nodes[0] : nodes.at(-1);
  if (!node) return false;
  if (isElement(node)) return node.tagName !== "br" && takeSpace(node.children, end);
  if (node.type !== "text") return false;
  const trimmed = end === "start" ? node.value.trimStart() : node.value.trimEnd();
  const found = trimmed.length < node.value.length;
  node.value = trimmed;
  return found;
}

/** Word cuts a bold passage into many: those that follow one another, with a space between them or without, are one. */
function joined(nodes: ElementContent[]): ElementContent[] {
  const result: ElementContent[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    const isSpace = last?.type === "text" && last.value.trim() === "";
    const before = isSpace ? result.at(-2) : last;
    if (isElement(node) && isElement(before) && isEmphasis(node) && before.tagName === node.tagName) {
      if (isSpace) before.children.push(...result.splice(-1));
      before.children = joined([...before.children, ...node.children]);
    } else if (node.type === "text" && last?.type === "text") last.value += node.value;
    else result.push(node);
  }
  return result;
}

const isEmphasis = ({ tagName }: Element) => tagName === "strong" || tagName === "em";

const paragraph = (words: ElementContent[]): ElementContent[] => (textIn(words) ? [element("p", words)] : []);

const withoutStrong = (nodes: ElementContent[]): ElementContent[] =>
  nodes.flatMap((node): ElementContent[] => {
    if (!isElement(node)) return [node];
    const children = withoutStrong(node.children);
    return node.tagName === "strong" ? children : [{ ...node, children }];
  });

/** A point of one paragraph is that paragraph's words: lists stay close. */
function tight(children: ElementContent[]): ElementContent[] {
  const paragraphs = children.filter((node) => isElement(node) && node.tagName === "p");
  if (paragraphs.length !== 1) return children;
  return children.flatMap((node) => (node === paragraphs[0] ? (node as Element).children : [node]));
}

/** Where a link leads; what leads nowhere outside the page is its words. */
function linked(node: Element, words: ElementContent[]): ElementContent[] {
  const href = addressOf(String(node.properties.href ?? "").trim());
  return href && textIn(words) ? [element("a", words, { href })] : words;
}

function addressOf(href: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)/i.test(href) || !URL.canParse(href)) return null;
  const { hostname, pathname, searchParams } = new URL(href);
  // Google Docs leads by way of Google.
  const meant = /(?:^|\.)google\.com$/.test(hostname) && pathname === "/url" ? searchParams.get("q") : null;
  return meant && /^https?:\/\//i.test(meant) ? meant : href;
}

/** A table of one column is how pages were laid out once. */
function tableOf(rows: ElementContent[]): ElementContent[] {
  const cells = (node: ElementContent): Element[] => {
    if (!isElement(node)) return [];
    return node.tagName === "td" || node.tagName === "th" ? [node] : node.children.flatMap(cells);
  };
  const lines = (node: ElementContent): Element[] => {
    if (!isElement(node)) return [];
    return node.tagName === "tr" ? [node] : node.children.flatMap(lines);
  };
  const all = rows.flatMap(lines);
  if (all.every((row) => row.children.flatMap(cells).length < 2))
    return all
      .flatMap((row) => cells(row))
      .flatMap(({ children }) => (children.some(isBlock) ? children : paragraph(children)));
  // Word processors do not say which row is the head: Markdown's tables have one.
  if (!all.some(({ children }) => children.some((cell) => isElement(cell) && cell.tagName === "th")))
    for (const cell of all[0] ? cells(all[0]) : [])
      Object.assign(cell, { tagName: "th", children: withoutStrong(cell.children) });
  return [element("table", rows)];
}
