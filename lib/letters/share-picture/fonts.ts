import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PROJECT } from "@/lib/project-folder";

/** A part of a family that has the letters of some ranges of Unicode. */
export type Face = { family: string; file: string; ranges: [number, number][] };

/** The pages' own families, and one for Chinese, which the pages leave to the reader's system. */
const SHEETS = {
  Source: "@fontsource-variable/source-serif-4/wght.css",
  Naskh: "@fontsource-variable/noto-naskh-arabic/wght.css",
  Song: "@fontsource-variable/noto-serif-sc/wght.css",
};

export const FAMILIES = Object.keys(SHEETS).join(", ");

const FACE = /@font-face \{[^}]*url\(([^)]+)\)[^}]*unicode-range: ([^;]+);/g;

/** All faces, as the packages' style sheets list them. */
export async function allFaces(): Promise<Face[]> {
  const { resolve } = createRequire(join(PROJECT, "package.json"));
  const sheets = Object.entries(SHEETS).map(async ([family, name]) => {
    const path = resolve(name);
    const css = await readFile(path, "utf8");
    return [...css.matchAll(FACE)].map(([, file = "", ranges = ""]) => ({
      family,
      file: join(dirname(path), file),
      ranges: ranges.split(",").map(readRange),
    }));
  });
  return (await Promise.all(sheets)).flat();
}

/** `U+0600-06FF` or `U+2116`. */
function readRange(text: string): [number, number] {
  const [from = "", to = from] = text.trim().slice(2).split("-");
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

const has = (face: Face, code: number) => face.ranges.some(([from, to]) => code >= from && code <= to);

/** Whether every character of a text can be drawn. */
export const canDraw = (faces: Face[], text: string) =>
  codesOf(text).every((code) => faces.some((face) => has(face, code)));

/** The faces that a text needs. */
export function facesFor(faces: Face[], text: string): Face[] {
  const codes = codesOf(text);
  return faces.filter((face) => codes.some((code) => has(face, code)));
}

const codesOf = (text: string) =>
  [...new Set(text.replace(/\s/gu, " "))].map((one) => one.codePointAt(0) ?? 0);
