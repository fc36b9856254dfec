import { spawnSync } from "node:child_process";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** What another program reads in a PDF. */
export async function readPdf(bytes: Uint8Array) {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: string[] = [];
  const lines: { text: string; x: number; width: number }[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    for (const item of items)
      if ("str" in item && item.str.trim())
        lines.push({ text: item.str, x: item.transform[4], width: item.width });
    pages.push(items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""));
  }
  const { info, metadata } = await document.getMetadata();
  const marks = await document.getMarkInfo();
  await document.destroy();
  return {
    text: pages.join("\n"),
    /** Each run of text as it is set, in points. */
    lines,
    pages: pages.length,
    info: info as Record<string, unknown>,
    metadata,
    marks,
  };
}

/** Whether this machine has poppler’s tool, which reads as programs do that copy a PDF’s text. */
export const hasPdftotext = spawnSync("pdftotext", ["-v"]).status === 0;

/** The text of a PDF as poppler gives it, without marks of direction. */
export function pdftotext(bytes: Uint8Array): string {
  const { stdout, status, stderr } = spawnSync("pdftotext", ["-", "-"], { input: bytes, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}
