import type { Element, ElementContent } from "hast";
import { element, isElement, styleOf, textIn } from "@/lib/letters/paste/elements";

/** A point of a list as Word writes it: a paragraph that says its list's depth and holds its own sign. */
type Point = { level: number; ordered: boolean; start: number; content: ElementContent[] };

/**
 * Makes lists of what is one: Word's paragraphs with a sign before them, and lists that Google Docs puts beside the point
 * that they are of.
 */
export function gatherLists(nodes: ElementContent[]): ElementContent[] {
  const result: ElementContent[] = [];
  let points: Point[] = [];
  for (const node of [...nodes, null]) {
    const point = isElement(node) ? readPoint(node) : null;
    if (point) points.push(point);
    if (point || (node && isBetween(node) && points.length > 0)) continue;
    result.push(...nested(points));
    points = [];
    const last = result.at(-1);
    // Only inside a list can a list follow a point.
    if (node && isList(node) && isElement(last) && last.tagName === "li") last.children.push(node);
    else if (node) result.push(node);
  }
  return result;
}

const isList = (node: ElementContent) => isElement(node) && /^[ou]l$/.test(node.tagName);
const isBetween = (node: ElementContent) =>
  node.type === "comment" || (node.type === "text" && node.value.trim() === "");

function readPoint(node: Element): Point | null {
  const level = /mso-list:\s*l\d+\s+level(\d)/i.exec(styleOf(node))?.[1];
  if (node.tagName !== "p" || !level) return null;
  const sign = textIn(node.children.flatMap(signIn));
  const number = /^\(?(?:(\d+)|[a-z]{1,4})[.)]/i.exec(sign);
  const content = withoutSign(node.children);
  return { level: Number(level), ordered: number !== null, start: Number(number?.[1] ?? 1), content };
}

const isSign = (node: ElementContent) => isElement(node) && /mso-list:\s*ignore/i.test(styleOf(node));

function signIn(node: ElementContent): ElementContent[] {
  if (isSign(node)) return [node];
  return isElement(node) ? node.children.flatMap(signIn) : [];
}

const withoutSign = (nodes: ElementContent[]): ElementContent[] =>
  nodes.flatMap((node): ElementContent[] => {
    if (isSign(node)) return [];
    return isElement(node) ? [{ ...node, children: withoutSign(node.children) }] : [node];
  });

/** Points one after the other as lists inside one another. */
function nested(points: Point[]): Element[] {
  const lists: Element[] = [];
  const open: { level: number; list: Element }[] = [];
  for (const { level, ordered, start, content } of points) {
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const tag = ordered ? "ol" : "ul";
    let last = open.at(-1);
    // Another kind of list at the same depth is another list.
    if (last?.level === level && last.list.tagName !== tag) {
      open.pop();
      last = open.at(-1);
    }
    if (last?.level !== level) {
      const list = element(tag, [], ordered && start > 1 ? { start } : {});
      const point = last?.list.children.at(-1);
      if (isElement(point)) point.children.push(list);
      else lists.push(list);
      last = { level, list };
      open.push(last);
    }
    last.list.children.push(element("li", content));
  }
  return lists;
}
