import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { BOUNDS } from "@/lib/cache/bounds";
import { type Node, readSources, type Source, walk } from "../support/sources";

/** What can grow; WeakMaps let go by themselves. */
const COLLECTIONS = /^(?:Map|Set)$/;
/** What is made to be kept. */
const CACHES = /^(?:LRUCache|TTLCache|QuickLRU|RateLimiterMemory)$/;
const GROWING = /^(?:set|add|push|unshift|splice)$/;
/** Methods that call a function given to them at once. */
const ITERATING = /^(?:forEach|map|flatMap|filter|reduce|some|every|find|sort|toSorted|replace)$/;
const FUNCTIONS = /^(?:ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/;

type Named = { name?: string; object?: Named; property?: Named; type?: string; computed?: boolean };
type Growth = { name: string; within: Node[] };

const isForBrowser = ({ text }: Source) => /^\s*["']use client["']/.test(text);
// A command ends, and with it what it keeps.
const COMMANDS = /^lib\/ops\/backup\//;
const sources = readSources(["app", "emails", "lib", "server"]).filter(
  (source) => !isForBrowser(source) && !COMMANDS.test(source.path),
);

const nameOf = (node: Named | undefined) =>
  node?.type === "PrivateIdentifier" ? `#${node.name}` : (node?.name ?? "");

/** The functions around a node that live on after it was declared, the outermost first. */
function functionsAround(parents: Node[]): Node[] {
  return parents.filter((node, place) => {
    if (!FUNCTIONS.test(node.type)) return false;
    const call = parents[place - 1];
    const method = nameOf((call?.callee as Named | undefined)?.property);
    return !(call?.type === "CallExpression" && call.callee !== node && ITERATING.test(method));
  });
}

/** What is added to in a file, and in which functions. */
function growths({ program }: Source): Growth[] {
  const found: Growth[] = [];
  walk(program, (node, parents) => {
    const within = functionsAround(parents);
    const callee = node.callee as Named | undefined;
    if (node.type === "CallExpression" && GROWING.test(nameOf(callee?.property)))
      found.push({ name: nameOf(callee?.object?.property ?? callee?.object), within });
    const left = node.left as Named | undefined;
    if (node.type === "AssignmentExpression" && left?.computed)
      found.push({ name: nameOf(left.object?.property ?? left.object), within });
  });
  return found;
}

/** What a file keeps for longer than the call of a function in which it is made. */
function kept(source: Source): string[] {
  const grown = growths(source);
  const names: string[] = [];
  walk(source.program, (node, parents) => {
    const isCollection = node.type === "NewExpression" && COLLECTIONS.test(nameOf(node.callee as Named));
    const isCache = node.type === "NewExpression" && CACHES.test(nameOf(node.callee as Named));
    if (!isCollection && !isCache && node.type !== "ArrayExpression" && node.type !== "ObjectExpression")
      return;
    const holder = parents.at(-1);
    const name = nameOf((holder?.id ?? holder?.key ?? assigned(holder)) as Named | undefined);
    if (isCache) names.push(name || "a cache without a name");
    else if (!/^(?:VariableDeclarator|PropertyDefinition)$/.test(holder?.type ?? "")) return;
    else if (
      grown.some((growth) => growth.name === name && outlives(holder, functionsAround(parents), growth))
    )
      names.push(name);
  });
  return names.map((name) => `${source.path} ${name}`);
}

const assigned = (holder: Node | undefined) => {
  const left = holder?.type === "AssignmentExpression" ? (holder.left as Named) : undefined;
  return left?.property ?? left;
};

/** Whether something is added to by another function than the one in which it was made, which may be called later. */
function outlives(holder: Node | undefined, around: Node[], growth: Growth): boolean {
  if (holder?.type === "PropertyDefinition") return true;
  const own = around.at(-1);
  return own ? growth.within.includes(own) && growth.within.at(-1) !== own : true;
}

describe("what a process keeps", () => {
  it("is found wherever it is made", () => {
    const text = `
      const map = new Map(); const fixed = new Set(["a"]); const list: string[] = []; const table = {};
      let cache = new LRUCache({ max: 1 });
      class A { #sets = new Set(); b = new Map(); constructor() { this.#own = new LRUCache({ max: 1 }); }
        a() { this.#sets.add(1); this.b.set(1, 2); } }
      function f() { map.set(1, 2); list.push("a"); table["a"] = 1; const local = []; local.push(1); return fixed.has("b"); }
      function g() { const inner = new Set(); const held = new Set(); [1].forEach((n) => inner.add(n)); return () => held.add(1); }`;
    expect(kept(parsed(text))).toEqual(
      ["map", "list", "table", "cache", "#sets", "b", "#own", "held"].map((name) => `made.ts ${name}`),
    );
  });

  it("has a bound, in the one list of them", () => {
    expect(sources.flatMap(kept).toSorted()).toEqual(Object.keys(BOUNDS).toSorted());
  });
});

function parsed(text: string): Source {
  const { program } = parseSync("made.ts", text);
  return { path: "made.ts", text, program, imports: [], reexports: 0, exports: [] };
}
