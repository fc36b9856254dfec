import type { Element, ElementContent, Nodes, Parents, Root } from "hast";
import { element, isElement, textIn } from "@/lib/letters/paste/elements";

/** What stands for a footnote's sign in the text, and for its words. */
export const REFERENCE = "x-note-reference";
export const NOTE = "x-note";

type Placed = { node: Element; around: Parents[] };

/**
 * Finds footnotes, no matter who wrote them: a link within the page whose target holds a link back to it. The sign becomes a
 * reference, and the block with the target its note, at the end.
 */
export function liftNotes(tree: Root, firstNote: number): void {
  const links = everyElement(tree).filter(({ node }) => node.tagName === "a" && fragment(node));
  const byName = new Map<string, Placed>();
  for (const placed of everyElement(tree)) for (const name of namesOf(placed.node)) byName.set(name, placed);
  const notes: Element[] = [];
  const lifted = new Set<Nodes>();
  for (const sign of links) {
    const target = byName.get(fragment(sign.node));
    if (!target || lifted.has(sign.node)) continue;
    const block = blockOf(target);
    const back = block && everyElement(block.node).find(({ node }) => leadsTo(node, sign));
    if (!block || !back || block.node === sign.node || sign.around.includes(block.node)) continue;
    const label = String(firstNote + notes.length);
    lifted.add(back.node);
    remove(back.node, back.around.at(-1) ?? block.node);
    remove(block.node, block.around.at(-1) as Parents);
    const isPart = /^(?:li|dd|td)$/.test(block.node.tagName);
    const content = isPart || block.node.tagName === "div" ? block.node.children : [block.node];
    notes.push(element(NOTE, content, { label }));
    replace(sign, element(REFERENCE, [], { label }));
  }
  tree.children.push(...notes);
}

function everyElement(parent: Parents, around: Parents[] = []): Placed[] {
  return parent.children.flatMap((node) =>
    isElement(node as Nodes)
      ? [
          { node: node as Element, around: [...around, parent] },
          ...everyElement(node as Element, [...around, parent]),
        ]
      : [],
  );
}

/** Browsers write addresses of the same page whole. */
const fragment = ({ properties: { href } }: Element) => /#([^#]+)$/.exec(String(href ?? ""))?.[1] ?? "";
const namesOf = ({ properties: { id, name } }: Element) =>
  [id, name].filter((one): one is string => typeof one === "string" && one !== "");

/** The paragraph, point or box that holds a note: the outermost one that holds no other text. */
function blockOf({ node, around }: Placed): Placed | null {
  const line = [
    ...around.map((parent, place) => ({ node: parent, around: around.slice(0, place) })),
    { node, around },
  ];
  const blocks = line.filter(
    (one): one is Placed =>
      isElement(one.node as Nodes) && /^(?:p|li|dd|td|div)$/.test((one.node as Element).tagName),
  );
  const inner = blocks.at(-1);
  const outer = blocks.at(-2);
  const isAlone = outer && inner && textIn([outer.node]) === textIn([inner.node]);
  return (isAlone ? outer : inner) ?? null;
}

/** Whether a link leads to another one or to what is around that. */
function leadsTo(node: Element, sign: Placed): boolean {
  const name = node.tagName === "a" ? fragment(node) : "";
  return (
    name !== "" &&
    [sign.node, ...sign.around].some(
      (one) => isElement(one as Nodes) && namesOf(one as Element).includes(name),
    )
  );
}

function remove(node: Element, parent: Parents): void {
  parent.children = parent.children.filter((child) => child !== node) as ElementContent[];
}

/** Puts a reference in the place of a sign and of what only raises or brackets it. */
function replace({ node, around }: Placed, reference: Element): void {
  let [inner, place] = [node, around.length - 1];
  while (place > 0) {
    const parent = around[place] as Nodes;
    if (!isElement(parent) || !/^(?:sup|span|a)$/.test(parent.tagName)) break;
    if (textIn([parent]).replace(/[[\]]/g, "") !== textIn([inner]).replace(/[[\]]/g, "")) break;
    inner = parent;
    place -= 1;
  }
  const parent = around[place] as Parents;
  parent.children = parent.children.map((child) => (child === inner ? reference : child)) as ElementContent[];
}
