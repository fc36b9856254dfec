/** How many bytes a picture may have when it is sent. */
export const LARGEST_PICTURE = 2 * 1024 * 1024;
/** How many pictures a letter may have, those that its text does not show included. */
export const MOST_PICTURES = 60;
/** The frame that a picture fits into, in pixels: twice what the widest line shows. */
export const PICTURE_FRAME = { width: 1_600, height: 2_400 };
/** How many characters say what it shows, and stand below it. */
export const PICTURE_WORDS = { alt: 300, caption: 300 };

const NAME = /^[0-9a-f]{24}\.webp$/;

/** Whether something can be the name of a picture: a hash of what is in it. */
export const isPictureName = (text: string) => NAME.test(text);

/** Before a picture's name in a letter's text, whatever page shows it. */
const IN_TEXT = "pictures/";

/** The name of one of our pictures that a text names, also with a slash before; null for any other address. */
export function pictureName(source: string): string | null {
  const path = source.replace(/^\//, "");
  const name = path.startsWith(IN_TEXT) ? path.slice(IN_TEXT.length) : "";
  return isPictureName(name) ? name : null;
}

/** The Markdown that shows a picture. */
export function pictureMarkdown({ name, alt, caption }: { name: string; alt: string; caption: string }) {
  const words = alt.replace(/\s+/gu, " ").replace(/[\\[\]`*_<>!]/g, "\\$&");
  const title = caption.replace(/\s+/gu, " ").replace(/[\\"]/g, "\\$&");
  return `![${words}](${IN_TEXT}${name}${title ? ` "${title}"` : ""})`;
}
