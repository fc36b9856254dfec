import { describe, expect, it } from "vitest";
import { DEEPEST, LONGEST_TEXT, markdownProblem, PROBLEM_WORDS } from "@/lib/letters/markdown/parse";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { newLetter } from "@/lib/letters/publish-letter";

const TEXT = { locale: "en", title: "Title", standfirst: "First.", recipients: "To all" };

describe("a letter's Markdown", () => {
  it("keeps what a letter is made of", () => {
    const html = renderMarkdown("A *few* **words**.\n\n> said\n\n1. one\n2. two\n\n- dot\n\n---\n\n`code`");
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
  ])("puts headings below the page's own title: %j", (markdown, html) => {
    expect(renderMarkdown(markdown)).toBe(html);
  });

  it("links to web and mail addresses only, and tells them nothing", () => {
    expect(renderMarkdown('[a](https://example.org/x "<script>")')).toBe(
      '<p><a href="https://example.org/x" rel="noopener noreferrer">a</a></p>',
    );
    expect(renderMarkdown("<mailto:a@example.org>")).toContain('href="mailto:a@example.org"');
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
  ])("makes no link of %j", (address) => {
    const html = renderMarkdown(`[words](<${address}>)`);
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

  it.each(hostile)("leaves no element or attribute of its own: %j", (markdown) => {
    const html = renderMarkdown(markdown);
    const tags = html.match(/<[^>]*>/g) ?? [];
    const allowed =
      /^<\/?(?:p|a|em|strong|code|pre|ul|ol|li|blockquote|hr|br|h[2-6])(?: (?:href="(?:https?:|mailto:)[^"]*"|title="[^"]*"|rel="noopener noreferrer"|start="\d+"))*>$/;
    expect(tags.filter((tag) => !allowed.test(tag))).toEqual([]);
  });

  it("survives deep nesting and great length", () => {
    expect(renderMarkdown(`${"> ".repeat(300)}deep`)).toContain("deep");
    expect(renderMarkdown("*a **b ".repeat(2_000))).toContain("a");
  });
});

describe("a text that costs too much", () => {
  const WORDS =
    "## Head\n\nA *few* words [link](https://example.org/x) and **more**.\n\n- one\n- two\n\n> said\n\n";
  const full = (part: string) => part.repeat(Math.floor(LONGEST_TEXT / part.length));
  const costly: Record<string, string> = {
    "a letter as long as one can be": full(WORDS),
    "3,000 nested quotes": `${"> ".repeat(3_000)}deep`,
    "3,000 nested lists": `${"- ".repeat(3_000)}deep`,
    "20,000 list items": "- item\n".repeat(20_000),
    "300 kB of an open tag": "<link ".repeat(50_000),
    "open tags in a paragraph": full("a <link "),
    "lazy lines in quotes": `${"> ".repeat(DEEPEST)}deep\n${"lazy\n".repeat(30_000)}`,
    brackets: full("["),
    "half comments": full("a <!--"),
    backticks: Array.from({ length: 600 }, (_, count) => "`".repeat(count)).join(" a "),
    "one definition for many links": `[a]: https://example.org/${"x".repeat(99_000)}\n\n${"[a] ".repeat(25_000)}`,
  };
  /** The same on a machine that is busy with other tests: what is quadratic takes minutes. */
  const PATIENCE_MS = 20_000;

  it.each(Object.entries(costly))("%s", (_, markdown) => {
    const begun = performance.now();
    const html = renderMarkdown(markdown);
    expect(performance.now() - begun).toBeLessThan(PATIENCE_MS);
    // An ampersand becomes five characters, an item of two becomes ten.
    expect(html.length).toBeLessThan(10 * markdown.length);
  });

  it.each([
    ["x".repeat(LONGEST_TEXT), null],
    ["x".repeat(LONGEST_TEXT + 1), PROBLEM_WORDS.tooLong],
    [costly["300 kB of an open tag"], PROBLEM_WORDS.tooLong],
    [costly["20,000 list items"], null],
    [`${"> ".repeat(DEEPEST)}deep`, null],
    [`${"> ".repeat(DEEPEST + 1)}deep`, PROBLEM_WORDS.tooDeep],
    [`${"- ".repeat(DEEPEST)}deep`, null],
    [costly["3,000 nested quotes"], PROBLEM_WORDS.tooDeep],
    [costly["3,000 nested lists"], PROBLEM_WORDS.tooDeep],
    [costly["one definition for many links"], PROBLEM_WORDS.tooManyLinks],
  ])("is refused in words where it is past a limit", (markdown, words) => {
    expect(markdownProblem(markdown ?? "")).toBe(words);
    const [problem] = newLetter.shape.texts.safeParse([{ ...TEXT, body: markdown }]).error?.issues ?? [];
    expect(problem?.message ?? null).toBe(words);
  });

  it("is still read where it is stored already, in plain paragraphs", () => {
    expect(renderMarkdown(`${"> ".repeat(30)}*deep* <b>\n\nSecond.`)).toBe(
      `<p>${"&gt; ".repeat(30)}*deep* &lt;b&gt;</p>\n<p>Second.</p>`,
    );
  });
});
