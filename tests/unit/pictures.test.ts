import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { PictureError, reEncode } from "@/lib/pictures/re-encode";

const FRAME = { width: 640, height: 192 };
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 20, g: 60, b: 140, alpha: 0.5 } } });
const problemOf = (file: Uint8Array) =>
  reEncode(file, FRAME).then(
    () => null,
    (error: unknown) => (error instanceof PictureError ? error.problem : error),
  );

/** Noise, which no encoder makes small. */
async function noise(width: number, height: number): Promise<Buffer> {
  const bytes = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, at) => (at * 7919 * (at % 13)) % 256),
  );
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

describe("a picture that somebody sends", () => {
  it.each(["png", "jpeg", "webp"] as const)(
    "is made anew from a %s, no larger than its frame",
    async (kind) => {
      const made = await reEncode(await plain(1_280, 256).toFormat(kind).toBuffer(), FRAME);
      expect(made).toMatchObject({ width: 640, height: 128 });
      const { format, hasAlpha } = await sharp(made.bytes).metadata();
      expect([format, hasAlpha]).toEqual(["webp", kind !== "jpeg"]);
    },
  );

  it("is not enlarged, and stands as its camera held it", async () => {
    const file = await plain(60, 20).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await reEncode(file, FRAME)).toMatchObject({ width: 20, height: 60 });
  });

  it("loses all that the file said beside its pixels", async () => {
    const exif = { IFD0: { Copyright: "Secret Photographer" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } };
    const file = await plain(60, 20).png().withExif(exif).withXmp("<x>Secret</x>").toBuffer();
    const { bytes } = await reEncode(file, FRAME);
    expect(Buffer.from(bytes).toString("latin1")).not.toContain("Secret");
    const { exif: kept, xmp, icc } = await sharp(bytes).metadata();
    expect([kept, xmp, icc]).toEqual([undefined, undefined, undefined]);
  });

  it("stays small, whatever it shows", async () => {
    const { bytes } = await reEncode(await noise(640, 192), FRAME);
    expect(bytes.length).toBeLessThan(160_000);
  });

  it("is refused in one word where it is none, damaged, or would fill the memory", async () => {
    const png = await plain(800, 400).png().toBuffer();
    expect(await problemOf(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toBe("type");
    expect(await problemOf(await plain(10, 10).gif().toBuffer())).toBe("type");
    expect(await problemOf(new Uint8Array())).toBe("type");
    expect(await problemOf(png.subarray(0, 200))).toBe("damaged");
    const jpeg = await noise(300, 300);
    expect(await problemOf(jpeg.subarray(0, jpeg.length / 2))).toBe("damaged");
    // 36 million pixels in some 100 kB.
    const bomb = await sharp({ create: { width: 6_000, height: 6_000, channels: 3, background: "#fff" } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await problemOf(bomb)).toBe("pixels");
  });
});
