import type { Sharp } from "sharp";

/** A picture as we encoded it: WebP, without anything that the sent file said beside its pixels. */
export type Picture = { bytes: Uint8Array<ArrayBuffer>; width: number; height: number };

/** What is wrong with a file: no picture of a kind that we take, one that cannot be read, or one too large to unpack. */
export type PictureProblem = "type" | "damaged" | "pixels";

export class PictureError extends Error {
  override name = "PictureError";
  readonly problem: PictureProblem;

  constructor(problem: PictureProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** The kinds that we take, by how a file begins, in hexadecimal: PNG, JPEG, WebP. */
const BEGINNINGS = [/^89504e470d0a1a0a/, /^ffd8ff/, /^52494646.{8}57454250/];
const LOADERS = ["VipsForeignLoadPngBuffer", "VipsForeignLoadJpegBuffer", "VipsForeignLoadWebpBuffer"];

/** A small file can unpack to a very large picture: so many pixels are about 100 MB. */
const MOST_PIXELS = 25_000_000;
const LONGEST_S = 10;
/** Drawings stay exact where that needs no more bytes; photographs would need very many. */
const EXACT_BYTES = 60_000;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Makes a picture anew from a file that somebody sent, no larger than a frame: what is stored and shown are never the
 * bytes that came. One at a time, so that memory is bounded.
 * @throws PictureError
 */
export function reEncode(file: Uint8Array, frame: { width: number; height: number }): Promise<Picture> {
  const own = turn.then(() => encode(file, frame));
  turn = own.catch(() => undefined);
  return own;
}

async function encode(file: Uint8Array, frame: { width: number; height: number }): Promise<Picture> {
  const beginning = Buffer.from(file.subarray(0, 16)).toString("hex");
  if (!BEGINNINGS.some((expected) => expected.test(beginning))) throw new PictureError("type");
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: LOADERS });
  const sized = () =>
    sharp(file, { limitInputPixels: MOST_PIXELS, failOn: "warning", sequentialRead: true })
      .autoOrient()
      .resize({ ...frame, fit: "inside", withoutEnlargement: true })
      .timeout({ seconds: LONGEST_S });
  try {
    const exact = await written(sized().webp({ lossless: true, effort: 4 }));
    return exact.bytes.length <= EXACT_BYTES ? exact : await written(sized().webp({ quality: 88 }));
  } catch (error) {
    throw new PictureError(/pixel limit/i.test(String(error)) ? "pixels" : "damaged");
  }
}

async function written(picture: Sharp): Promise<Picture> {
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { bytes: new Uint8Array(data), width: info.width, height: info.height };
}
