import type { Element, ElementContent, Nodes, Properties } from "hast";

export const isElement = (node: Nodes | null | undefined): node is Element => node?.type === "element";

export const element = (
  tagName: string,
  children: ElementContent[],
  properties: Properties = {},
): Element => ({
  type: "element",
  tagName,
  properties,
  children,
});

export const styleOf = ({ properties }: Element) => String(properties.style ?? "");

export const classOf = ({ properties: { className } }: Element) =>
  Array.isArray(className) ? className.join(" ") : String(className ?? "");

/** The words in some nodes, without the space around them. */
export const textIn = (nodes: readonly Nodes[]): string => nodes.map(rawText).join("").trim();

function rawText(node: Nodes): string {
  if (node.type === "text") return node.value;
  // A footnote's sign is something to read, too.
  if (isElement(node) && node.tagName === "x-note-reference") return "*";
  return "children" in node ? node.children.map(rawText).join("") : "";
}
