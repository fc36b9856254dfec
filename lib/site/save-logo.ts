import { v4 as uuid } from "uuid";
import type { Context } from "@/lib/auth/context";
import { type Picture, reEncode } from "@/lib/pictures/re-encode";
import { changeSite } from "@/lib/site/save-site";

/** Twice as large as it is ever shown. */
const FRAME = { width: 640, height: 192 };

/**
 * Changes the organiser's picture, or only its words.
 * @param file as it was sent; null leaves the picture as it is
 * @throws PictureError, DomainError `forbidden`
 */
export async function saveLogo(context: Context, file: Uint8Array | null, logoAlt: string): Promise<void> {
  const picture = file && (await reEncode(file, FRAME));
  await changeSite(context, "logo", async (tx) => {
    const data = { logoAlt, ...(picture ? columns(picture) : {}) };
    await tx.site.update({ where: { id: 1 }, data, select: { id: true } });
    return "write";
  });
}

/** Takes the organiser's picture away. @throws DomainError `forbidden` */
export async function removeLogo(context: Context): Promise<void> {
  await changeSite(context, "logo", async (tx) => {
    const data = { logo: null, logoId: null, logoWidth: null, logoHeight: null, logoAlt: null };
    await tx.site.update({ where: { id: 1 }, data, select: { id: true } });
    return "write";
  });
}

const columns = ({ bytes, width, height }: Picture) => ({
  logo: bytes,
  // Not of the time: it is public.
  logoId: uuid(),
  logoWidth: width,
  logoHeight: height,
});
