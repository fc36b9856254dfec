import rehypeSanitize, { type Options as Schema } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

type Root = Parameters<ReturnType<typeof rehypeSanitize>>[0];
type Element = Extract<Root["children"][number], { type: "element" }>;

/** What a letter may be made of. Everything else is dropped, its text kept. */
const SCHEMA: Schema = {
  tagNames: [
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "blockquote",
    "hr",
    "br",
    "code",
    "pre",
  ],
  attributes: { a: ["href", "rel"], ol: ["start"] },
  protocols: { href: ["http", "https", "mailto"] },
  // No ids and no classes come through, so nothing needs a prefix.
  clobber: [],
  strip: ["script", "style", "iframe", "object", "template"],
};

const processor = unified()
  .use(remarkParse)
  .use(remarkRehype)
  .use(() => adaptTree)
  .use(rehypeSanitize, SCHEMA)
  .use(rehypeStringify)
  .freeze();

/**
 * Renders a letter's Markdown (CommonMark) to HTML that is safe to put into a page.
 * Raw HTML and images are dropped; its highest headings become the second level, below the page's own title; links lead to
 * http, https and mail addresses only.
 */
export async function renderMarkdown(markdown: string): Promise<string> {
  return String(await processor.process(markdown));
}

function adaptTree(tree: Root): void {
  const elements = within(tree);
  const levels = elements.map(headingLevel).filter((level) => level > 0);
  const shift = 2 - Math.min(...levels);
  for (const node of elements) {
    const level = headingLevel(node);
    if (level > 0) node.tagName = `h${Math.min(level + shift, 6)}`;
    if (node.tagName === "a") node.properties = onlyAbsolute(node.properties);
  }
}

function within(tree: Root | Element): Element[] {
  return tree.children.flatMap((node) => (node.type === "element" ? [node, ...within(node)] : []));
}

const headingLevel = ({ tagName }: Element) => Number(/^h([1-6])$/.exec(tagName)?.[1] ?? 0);

// A relative link would lead elsewhere on each page and in each embed that shows the letter.
function onlyAbsolute({ href }: Element["properties"]): Element["properties"] {
  const leads = typeof href === "string" && /^(?:https?:\/\/|mailto:)/i.test(href);
  return leads ? { href, rel: ["noopener", "noreferrer"] } : {};
}
