import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { accentShades, contrastOf } from "@/lib/site/accent/rules";

const HUES = Array.from({ length: 360 }, (_, hue) => hue);
const tokens = readFileSync("app/_styles/tokens.css", "utf8");
const papers = [...tokens.matchAll(/--paper: (#[\da-f]{6})/g)].map(([, paper]) => paper ?? "");

describe("the accent of a hue", () => {
  it("knows WCAG's contrast", () => {
    expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(contrastOf("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });

  it("is read as well as text on the site's own paper, light and dark, whatever the hue", () => {
    expect(papers).toHaveLength(2);
    const [light = "", dark = ""] = papers;
    for (const hue of HUES) {
      const shades = accentShades(hue);
      for (const [{ accent, strong, on }, paper] of [
        [shades.light, light],
        [shades.dark, dark],
      ] as const) {
        for (const colour of [accent, strong]) {
          expect(colour).toMatch(/^#[\da-f]{6}$/);
          expect(contrastOf(colour, paper), `${hue}: ${colour} on ${paper}`).toBeGreaterThanOrEqual(7);
          expect(contrastOf(colour, on), `${hue}: ${on} on ${colour}`).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrastOf(strong, paper)).toBeGreaterThan(contrastOf(accent, paper));
      }
    }
  });

  it("keeps its hue apart from its neighbours'", () => {
    const lights = new Set(HUES.filter((hue) => hue % 30 === 0).map((hue) => accentShades(hue).light.accent));
    expect(lights.size).toBe(12);
  });
});
