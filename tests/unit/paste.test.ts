import { describe, expect, it } from "vitest";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { markdownFromHtml } from "@/lib/letters/paste/from-html";
import { CLIPBOARDS } from "../fixtures/clipboards";

describe("what is pasted", () => {
  it.each(CLIPBOARDS)("from $from becomes clean Markdown", ({ html, markdown }) => {
    expect(markdownFromHtml(html).markdown).toBe(markdown);
    // What arrives is what a letter may be made of: nothing of it is lost in the page.
    expect(renderMarkdown(markdown)).not.toMatch(/mso|style|script|javascript|<img/i);
  });

  it("numbers footnotes after those that the text has", () => {
    const word = CLIPBOARDS[0]?.html ?? "";
    expect(markdownFromHtml(word, 7).markdown).toContain("[^7]: Letter of 3 May.");
  });

  it("is empty where nothing was meant", () => {
    expect(markdownFromHtml('<meta charset="utf-8"><p>&nbsp;</p>')).toEqual({ markdown: "", pictures: 0 });
  });

  it("says how many pictures are left out, and does not count what nobody sees", () => {
    const word = `<p>One<!--[if gte vml 1]><v:shape><v:imagedata src="a"/></v:shape><![endif]--><![if !vml]><img width=200
      height=100 src="file:///C:/a.png"><![endif]></p>`;
    const web =
      '<picture><source srcset="b"><img src="b"></picture><svg><path/></svg><p style="display:none"><img></p>';
    const counter = '<img width="1" height="1" src="https://example.org/open">';
    expect(markdownFromHtml(word + web + counter)).toEqual({ markdown: "One", pictures: 3 });
  });

  it("takes for four times a long page some four times as long", () => {
    const page = (lines: number) =>
      `<div>${"<p>One <b>two</b> <a href='https://example.org/'>three</a></p>".repeat(lines)}</div>`;
    const cost = (lines: number) => {
      const before = process.cpuUsage();
      expect(markdownFromHtml(page(lines)).markdown.split("\n\n")).toHaveLength(lines);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    cost(100);
    expect(cost(2_000) / Math.min(cost(500), cost(500))).toBeLessThan(12);
  });
});
