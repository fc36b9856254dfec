import { shortHash } from "@/lib/fields/names/short-hash";

/** The shades of an accent for one ground. */
export type Shades = { accent: string; strong: string; on: string };

/** The grounds of `tokens.css`, and what the shades must reach against them. */
const GROUNDS = {
  light: { paper: "#fcfcfa", contrast: 7.5, chroma: 0.17, from: 0.6, step: -0.004, strong: -0.09 },
  dark: { paper: "#14161a", contrast: 9, chroma: 0.12, from: 0.55, step: 0.004, strong: 0.07 },
} as const;

/**
 * The accent of a hue: the lightest shade on paper, or darkest in the dark, that is read as well as text, a stronger one
 * for what is pointed at, and the ink upon both.
 * @param hue degrees in OKLCH
 */
export function accentShades(hue: number): { light: Shades; dark: Shades } {
  return { light: shadesOn("light", hue), dark: shadesOn("dark", hue) };
}

/** The sheet of a hue, which a page links, and its name: another sheet has another one. */
export function accentSheet(hue: number): { name: string; css: string } {
  const { light, dark } = accentShades(hue);
  const rule = ({ accent, strong, on }: Shades) =>
    `:root{--accent:${accent};--accent-strong:${strong};--on-accent:${on}}`;
  const css = `@media screen{${rule(light)}@media (prefers-color-scheme:dark){${rule(dark)}}}`;
  return { name: `${hue}-${(shortHash("accent", css) >>> 0).toString(36)}`, css };
}

function shadesOn(name: keyof typeof GROUNDS, hue: number): Shades {
  const { paper, contrast, chroma, from, step, strong } = GROUNDS[name];
  let lightness: number = from;
  while (contrastOf(shade(lightness, chroma, hue), paper) < contrast && lightness > 0 && lightness < 1)
    lightness += step;
  const on = name === "light" ? "#ffffff" : shade(0.2, 0.04, hue);
  return {
    accent: shade(lightness, chroma, hue),
    strong: shade(Math.min(lightness + strong, 0.95), chroma * 0.8, hue),
    on,
  };
}

/** A colour of OKLCH as sRGB can show it: where it cannot, less of it. */
function shade(lightness: number, chroma: number, hue: number): string {
  let [least, most] = [0, chroma];
  if (isShown(linear(lightness, chroma, hue))) least = chroma;
  else
    for (let steps = 0; steps < 12; steps++) {
      const middle = (least + most) / 2;
      if (isShown(linear(lightness, middle, hue))) least = middle;
      else most = middle;
    }
  const bytes = linear(lightness, least, hue).map((part) => Math.round(255 * gamma(part)));
  return `#${bytes.map((byte) => Math.min(255, Math.max(0, byte)).toString(16).padStart(2, "0")).join("")}`;
}

const isShown = (parts: number[]) => parts.every((part) => part >= -0.0005 && part <= 1.0005);

/** OKLCH to linear sRGB, by Björn Ottosson's matrices. */
function linear(lightness: number, chroma: number, hue: number): [number, number, number] {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const gamma = (part: number) =>
  part <= 0.0031308 ? 12.92 * part : 1.055 * Math.max(part, 0) ** (1 / 2.4) - 0.055;

/** The contrast of two colours, by WCAG 2. */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
