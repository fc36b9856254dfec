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
