import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { BUILD_FOLDER } from "@/build-folder.config";
import { direction } from "@/lib/i18n/locales";
import { PROJECT } from "@/lib/project-folder";

const FOLDER = join(PROJECT, BUILD_FOLDER, "static/media");
const LATIN = ["public-sans-latin-wght-normal", "source-serif-4-latin-wght-normal"];
const ARABIC = "noto-naskh-arabic-arabic-wght-normal";

let built: string[] | undefined;

/**
 * Has browsers ask for a page's faces together with its styles: then lines seldom break anew. Until they
 * come, Latin ones are stretched to the same widths where a reader has the stand-ins (`fonts.css`), which no
 * phone does. No figure can stretch one joined script to the widths of another.
 * @param url of a page, as Next knows it
 * @returns headers of its answer
 */
export function earlyFonts(url: string): { link: string[] } {
  // Where there is no build there is none to ask for.
  built ??= existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const isArabic = direction(url.split(/[/?]/)[1] ?? "") === "rtl";
  const faces = [...(isArabic ? [ARABIC] : []), ...LATIN];
  const found = faces.flatMap((face) => built?.find((name) => name.startsWith(`${face}.`)) ?? []);
  return {
    link: found.map(
      (name) => `</_next/static/media/${name}>; rel=preload; as=font; type="font/woff2"; crossorigin`,
    ),
  };
}
