import { describe, expect, it } from "vitest";
import { renderMarkdown } from "@/lib/markdown/render";

describe("a letter's Markdown", () => {
  it("keeps what a letter is made of", async () => {
    const html = await renderMarkdown(
      "A *few* **words**.\n\n> said\n\n1. one\n2. two\n\n- dot\n\n---\n\n`code`",
    );
    for (const part of [
      "<em>few</em>",
      "<strong>words</strong>",
      "<blockquote>",
      "<ol>",
      "<ul>",
      "<hr>",
      "<code>",
    ]) {
      expect(html).toContain(part);
    }
  });

  it.each([
    ["# A\n\n## B\n\n### C", "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>"],
    ["## A\n\n### B", "<h2>A</h2>\n<h3>B</h3>"],
    ["### A\n\n# B", "<h4>A</h4>\n<h2>B</h2>"],
    ["# A\n\n###### B", "<h2>A</h2>\n<h6>B</h6>"],
  ])("puts headings below the page's own title: %j", async (markdown, html) => {
    expect(await renderMarkdown(markdown)).toBe(html);
  });

  it("links to web and mail addresses only, and tells them nothing", async () => {
    expect(await renderMarkdown('[a](https://example.org/x "<script>")')).toBe(
      '<p><a href="https://example.org/x" rel="noopener noreferrer">a</a></p>',
    );
    expect(await renderMarkdown("<mailto:a@example.org>")).toContain('href="mailto:a@example.org"');
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "java&#9;script:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.test/x",
    "/admin",
    "#content",
    "ftp://example.org",
  ])("makes no link of %j", async (address) => {
    const html = await renderMarkdown(`[words](<${address}>)`);
    expect(html).not.toContain("href");
    expect(html).toContain("words");
  });
});

describe("hostile Markdown", () => {
  const hostile = [
    "<script>alert(1)</script>",
    "text <img src=x onerror=alert(1)> text",
    "![x](https://evil.test/pixel.png)",
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    '<iframe src="https://evil.test"></iframe>',
    "<style>*{display:none}</style>",
    '<svg><script href="data:,alert(1)"/></svg>',
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    '[x](https://example.org "\\" onmouseover=\\"alert(1)")',
    '[x](https://example.org/"onmouseover="alert(1))',
    "```html onload=alert(1)\n<script>alert(1)</script>\n```",
    "<!-- --><script>alert(1)</script>",
    "</div></main><form action=https://evil.test><input name=email>",
    '<p id="content" class="button" style="position:fixed">x</p>',
    "<https://example.org/><script>",
    "[x]: javascript:alert(1)\n\n[x]",
    "\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>",
  ];

  it.each(hostile)("leaves no element or attribute of its own: %j", async (markdown) => {
    const html = await renderMarkdown(markdown);
    const tags = html.match(/<[^>]*>/g) ?? [];
    const allowed =
      /^<\/?(?:p|a|em|strong|code|pre|ul|ol|li|blockquote|hr|br|h[2-6])(?: (?:href="(?:https?:|mailto:)[^"]*"|title="[^"]*"|rel="noopener noreferrer"|start="\d+"))*>$/;
    expect(tags.filter((tag) => !allowed.test(tag))).toEqual([]);
  });

  it("survives deep nesting and great length", async () => {
    expect(await renderMarkdown(`${"> ".repeat(300)}deep`)).toContain("deep");
    expect(await renderMarkdown("*a **b ".repeat(2_000))).toContain("a");
  });
});
