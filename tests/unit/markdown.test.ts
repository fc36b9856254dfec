import { describe, expect, it } from "vitest";
import { letterBlocks } from "@/lib/letters/difference/text-blocks";
import {
  DEEPEST,
  LONGEST_TEXT,
  MOST_NOTES,
  markdownProblem,
  PROBLEM_WORDS,
} from "@/lib/letters/markdown/parse";
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

describe("footnotes", () => {
  const NOTED =
    "One[^a] two[^b] and one again[^a].\n\n[^a]: First *note*.\n\n    Its second part.\n[^b]: Second.";

  it("lead there and back, with ids of their own, in the order in which they are referred to", () => {
    const html = renderMarkdown(NOTED);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(["footnote-ref-1", "footnote-ref-2", "footnote-ref-1-2", "footnote-1", "footnote-2"]);
    const targets = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets).toEqual([
      "footnote-1",
      "footnote-2",
      "footnote-1",
      "footnote-ref-1",
      "footnote-ref-1-2",
      "footnote-ref-2",
    ]);
    expect(html).toContain("First <em>note</em>.");
    expect(html).toContain("Its second part.");
  });

  it.each([
    ["en", "Footnote 1", "Back to footnote 1 in the text"],
    ["ar", "الحاشية 1", "العودة إلى الحاشية 1 في النص"],
    ["zh-Hans", "脚注 1", "返回正文中的脚注 1"],
    ["xx", "Footnote 1", "Back to footnote 1 in the text"],
  ])("are named in the letter's language: %s", (language, note, back) => {
    const html = renderMarkdown(NOTED, { language });
    const names = [...html.matchAll(/aria-label="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toContain(note);
    expect(names).toContain(back);
    // No two links of one page have the same name, but for the number that is the same.
    expect(new Set(names.filter((name) => name !== note)).size).toBe(
      names.filter((name) => name !== note).length,
    );
  });

  it("are words of the text where nothing explains them", () => {
    expect(renderMarkdown("One[^a].")).toBe("<p>One[^a].</p>");
    expect(renderMarkdown("One^[aside].")).toBe("<p>One^[aside].</p>");
  });

  it("and tables are part of the plain text that versions are compared by", () => {
    const body = "Said[^a].\n\n| Year | Sum |\n|---|---:|\n| 2024 | **5** |\n\n[^a]: A report.";
    const blocks = letterBlocks({ title: "", standfirst: "", recipients: "", body });
    expect(blocks).toEqual([
      { kind: "paragraph", text: "Said†." },
      { kind: "row", text: "Year | Sum" },
      { kind: "row", text: "2024 | 5" },
      { kind: "note", text: "† A report." },
    ]);
  });
});

describe("tables", () => {
  it("are regions that the keyboard reaches, each with a name of its own", () => {
    const table = "| A | B | C |\n|:--|:-:|--:|\n| 1 | 2 | 3 |";
    const html = renderMarkdown(`${table}\n\ntext\n\n${table}`);
    expect(html).toContain('<div class="letter-table" role="region" tabindex="0" aria-label="Table 1">');
    expect(html).toContain('aria-label="Table 2"');
    expect(html).toContain('<th scope="col">A</th>');
    expect(html).toContain('<td data-align="center">2</td>');
    expect(html).toContain('<td data-align="right">3</td>');
    expect(html).not.toContain("style");
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
    'x[^"onclick=alert(1)]\n\n[^"onclick=alert(1)]: <script>alert(1)</script>',
    "| a |\n|---|\n| <img src=x onerror=alert(1)> [x](javascript:alert(1)) |",
    "x[^__proto__]\n\n[^__proto__]: y [^constructor]\n[^constructor]: z",
    "\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>",
  ];

  it.each(hostile)("leaves no element or attribute of its own: %j", (markdown) => {
    const html = renderMarkdown(markdown);
    const tags = html.match(/<[^>]*>/g) ?? [];
    const allowed =
      /^<\/?(?:p|a|em|strong|code|pre|ul|ol|li|blockquote|hr|br|h[2-6]|sup|section|div|table|thead|tbody|tr|th|td)(?: (?:href="(?:https?:|mailto:|#footnote-)[^"]*"|title="[^"]*"|rel="noopener noreferrer"|start="\d+"|id="footnote-[\w-]+"|class="(?:footnotes|footnote-back|letter-table)"|role="(?:region|doc-\w+)"|aria-label="[\w ]+"|scope="col"|tabindex="0"))*>$/;
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
    "references to one footnote": `[^a]: note\n\n${"[^a]".repeat(MOST_NOTES - 1)}`,
    "footnotes inside one another": `${"[^a]: ".repeat(MOST_NOTES)}deep[^a]`,
    "half references": `[^a]: note\n\n${`[^${"x".repeat(390)}`.repeat(MOST_NOTES - 1)}`,
    "too many half references": `[^a]: note\n\n${"[^".repeat(90_000)}`,
    "many footnotes": Array.from({ length: MOST_NOTES / 2 }, (_, n) => `x[^${n}]\n\n[^${n}]: note\n\n`).join(
      "",
    ),
    "a wide table": `${"|a".repeat(1_000)}\n${"|-".repeat(1_000)}\n${"b\n".repeat(90_000)}`,
    "a long table": `|a|\n|-|\n${"|b|\n".repeat(45_000)}`,
    "half tables": full("|a|\n"),
    "one definition for many links": `[a]: https://example.org/${"x".repeat(99_000)}\n\n${"[a] ".repeat(25_000)}`,
  };
  // No time is asked for: what is quadratic takes minutes, and a test has one.
  it.each(Object.entries(costly))("%s", (_, markdown) => {
    const html = renderMarkdown(markdown);
    // An ampersand becomes five characters, an item of two becomes ten; each footnote has its links besides.
    expect(html.length).toBeLessThan(10 * markdown.length + 250 * MOST_NOTES);
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
    [costly["references to one footnote"], null],
    [costly["too many half references"], PROBLEM_WORDS.tooManyNotes],
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
