import { describe, expect, it } from "vitest";
import { renderMarkdown } from "@/lib/letters/markdown/render";
import { markdownFromHtml } from "@/lib/letters/paste/from-html";
import { CLIPBOARDS } from "../fixtures/clipboards";

describe("what is pasted", () => {
  it.each(CLIPBOARDS)("from $from becomes clean Markdown", ({ html, markdown }) => {
    expect(markdownFromHtml(html)).toBe(markdown);
    // What arrives is what a letter may be made of: nothing of it is lost in the page.
    expect(renderMarkdown(markdown)).not.toMatch(/mso|style|script|javascript|<img/i);
  });

  it("numbers footnotes after those that the text has", () => {
    const word = CLIPBOARDS[0]?.html ?? "";
    expect(markdownFromHtml(word, 7)).toContain("[^7]: Letter of 3 May.");
  });

  it("is empty where nothing was meant", () => {
    expect(markdownFromHtml('<meta charset="utf-8"><p>&nbsp;</p><img src="x">')).toBe("");
  });

  it("takes a long page in little time", () => {
    const html = `<div>${"<p>One <b>two</b> <a href='https://example.org/'>three</a></p>".repeat(5_000)}</div>`;
    const begun = performance.now();
    expect(markdownFromHtml(html).split("\n\n")).toHaveLength(5_000);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
