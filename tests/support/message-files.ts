import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { PROJECT } from "@/lib/project-folder";
import { listFiles, type Node, type Source, walk } from "./sources";

/** The sentences of a language by their whole key: `letter.headline.experts`. */
export function readMessages(locale: string): Map<string, string> {
  const files = listFiles(`messages/${locale}`, /\.json$/);
  return new Map(
    files.flatMap((file) => {
      const namespace = file.slice(`messages/${locale}/`.length, -".json".length);
      return flatten(namespace, JSON.parse(readFileSync(join(PROJECT, file), "utf8")));
    }),
  );
}

function flatten(key: string, value: unknown): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  return Object.entries(value as object).flatMap(([name, inner]) => flatten(`${key}.${name}`, inner));
}

/** The arguments and tags of a message, each with its kind, sorted. @throws on a malformed message */
export function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  visit(parse(message), (element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return;
    found.add(`${element.type === TYPE.tag ? "tag" : "argument"} ${element.value}`);
  });
  return [...found].sort();
}

/** Plural forms that the language has and a message leaves out. */
export function missingPlurals(locale: string, message: string): string[] {
  const missing: string[] = [];
  visit(parse(message), (element) => {
    if (element.type !== TYPE.plural) return;
    const type = element.pluralType === "ordinal" ? "ordinal" : "cardinal";
    const given = Object.keys(element.options);
    for (const category of new Intl.PluralRules(locale, { type }).resolvedOptions().pluralCategories) {
      const exact = { zero: "=0", one: "=1", two: "=2" }[category as string] ?? category;
      if (!given.includes(category) && !given.includes(exact)) missing.push(`${element.value}: ${category}`);
    }
  });
  return missing;
}

function visit(elements: MessageFormatElement[], act: (element: MessageFormatElement) => void): void {
  for (const element of elements) {
    act(element);
    if (element.type === TYPE.tag) visit(element.children, act);
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const option of Object.values(element.options)) visit(option.value, act);
    }
  }
}

const escapePattern = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Patterns of keys: most have no hole, and are found by looking them up. */
type Written = { whole: string[]; open: string[]; folder: string };

/**
 * Keys that a source writes down: texts and templates, with a hole for each expression. One that opens
 * with a hole fits so much that it counts for the namespaces of its own folder only.
 */
function writtenKeys({ path, program }: Source): Written {
  const [whole, open] = [new Set<string>(), new Set<string>()];
  walk(program, (node, parents) => {
    if (node.type === "Literal" && typeof node.value === "string") whole.add(escapePattern(node.value));
    if (node.type !== "TemplateLiteral") return;
    const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    if (!parts.every((part) => /^[\w.-]*$/.test(part))) return;
    const key = parts.map(escapePattern).join("[\\w-]+(?:\\.[\\w-]+)*");
    if (parts[0] !== "") whole.add(key);
    else if (isTranslation(parents.at(-1))) open.add(key);
  });
  return { whole: [...whole], open: [...open], folder: dirname(path) };
}

/** A call such as t(…) or t.rich(…). */
function isTranslation(node: Node | undefined): boolean {
  if (node?.type !== "CallExpression") return false;
  const callee = node.callee as { name?: string; object?: { name?: string } };
  return (callee.name ?? callee.object?.name) === "t";
}

/**
 * The keys that no source asks for. A key counts as asked for when it is written down whole, or its
 * beginning (the namespace) and the rest are, each in any file.
 */
export function unusedKeys(keys: string[], sources: Source[]): string[] {
  const written = sources.map(writtenKeys);
  const everywhere = matcher(written.flatMap(({ whole }) => whole));
  const folders = [...new Set(written.map(({ folder }) => folder))].map((folder) => {
    const inside = written.filter((each) => each.folder === folder);
    return {
      namespaces: matcher(inside.flatMap(({ whole }) => whole)),
      open: matcher(inside.flatMap(({ open }) => open)),
    };
  });
  const isAsked = (namespace: string, rest: string) =>
    (everywhere(namespace) && everywhere(rest)) ||
    folders.some(({ namespaces, open }) => open(rest) && namespaces(namespace));
  return keys.filter((key) => {
    const parts = key.split(".");
    const cuts = parts.slice(1).map((_, cut) => cut + 1);
    const asked = cuts.some((cut) => isAsked(parts.slice(0, cut).join("."), parts.slice(cut).join(".")));
    return !asked && !everywhere(key);
  });
}

function matcher(patterns: string[]): (text: string) => boolean {
  const known = new Set(patterns);
  const holed = [...known].filter((pattern) => pattern.includes("[")).map((key) => new RegExp(`^${key}$`));
  return (text) => known.has(escapePattern(text)) || holed.some((pattern) => pattern.test(text));
}
