import { readFile } from "node:fs/promises";
import { direction } from "@/lib/i18n/locales";
import { allFaces, canDraw, FAMILIES, facesFor } from "@/lib/letters/share-picture/fonts";
import { PICTURE } from "@/lib/letters/share-picture/size";

/** What the picture of a letter says, from top to bottom. */
export type PictureWords = {
  language: string;
  organiser: string;
  title: string;
  /** The counts; null before the first approval. */
  headline: string | null;
};

/** Paper, ink and accent of the pages, as sRGB. */
const [PAPER, INK, QUIET, ACCENT] = ["#fcfcfa", "#17191e", "#474b54", "#1d3f94"];

/**
 * Draws the picture that goes with a shared letter, as PNG. Leaves out a line in a script that we have no
 * letters of.
 */
export async function drawSharePicture(words: PictureWords): Promise<Uint8Array<ArrayBuffer>> {
  const faces = await allFaces();
  const drawn = (text: string | null) => (text && canDraw(faces, text) ? text : "");
  const [organiser, title, headline] = [words.organiser, words.title, words.headline].map(drawn);
  // Only when there is something to draw: it takes tens of megabytes.
  const { Renderer } = await import("takumi-js/node");
  const renderer = new Renderer();
  for (const { family, file, ranges } of facesFor(faces, `${organiser}${title}${headline}…`))
    await renderer.registerFont({ name: family, data: await readFile(file), unicodeRange: ranges });
  const line = (text = "", style: object) => ({
    type: "text" as const,
    text,
    style: { fontFamily: FAMILIES, direction: direction(words.language), textAlign: "start", ...style },
  });
  const page = {
    type: "container" as const,
    style: {
      ...{ width: "100%", height: "100%", padding: 72, backgroundColor: PAPER, color: INK },
      ...{ display: "flex", flexDirection: "column", justifyContent: "space-between" },
      ...{ borderTop: `16px solid ${ACCENT}`, direction: direction(words.language) },
    },
    children: [
      line(organiser, { fontSize: 34, color: QUIET, lineClamp: 1, textOverflow: "ellipsis" }),
      line(title, { ...titleSize(words), fontWeight: 600, lineClamp: 5, textOverflow: "ellipsis" }),
      line(headline, { fontSize: 36, lineClamp: 2, textOverflow: "ellipsis" }),
    ],
  };
  return new Uint8Array(await renderer.render(page as never, { ...PICTURE, format: "png" }));
}

/**
 * Sets long titles smaller, so that they fit. Chinese letters are twice as wide; Arabic ones need more room
 * between lines.
 */
function titleSize({ language, title }: PictureWords) {
  const width = [...title].reduce((sum, one) => sum + (/\p{Script=Han}/u.test(one) ? 2 : 1), 0);
  const fontSize = width <= 75 ? 68 : width <= 120 ? 54 : 44;
  return { fontSize, lineHeight: direction(language) === "rtl" ? 1.42 : 1.16 };
}
