import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseSync } from "oxc-parser";
import { PROJECT } from "@/lib/project-folder";

/** One import of a source: of a file of the project (without extension) or of a package. */
export type Import = { target: string; inside: boolean; names: string[]; typeOnly: boolean };

export type Source = {
  path: string;
  text: string;
  program: unknown;
  imports: Import[];
  reexports: number;
  /** What it exports besides types: `default`, and `*` for everything of another file. */
  exports: string[];
};

export type Node = { type: string } & Record<string, unknown>;

/** All TypeScript of the given folders, parsed. */
export function readSources(folders: string[]): Source[] {
  return folders.flatMap((folder) => listFiles(folder)).map(readSource);
}

/** The files below a folder of the project, as paths from its root. */
export function listFiles(folder: string, pattern = /\.tsx?$/): string[] {
  if (!statSync(join(PROJECT, folder), { throwIfNoEntry: false })) return [];
  return readdirSync(join(PROJECT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === "prisma/generated" ? [] : listFiles(path, pattern);
    return pattern.test(path) ? [path] : [];
  });
}

/** One file of the project, parsed. */
export function readSource(path: string): Source {
  const text = readFileSync(join(PROJECT, path), "utf8");
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    ...resolve(path, moduleRequest.value),
    names: entries.flatMap(({ importName, isType }) => (isType || !importName.name ? [] : [importName.name])),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => ({
    ...resolve(path, text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
    names: [],
    typeOnly: false,
  }));
  const exports = module.staticExports.flatMap(({ entries }) => entries);
  const reexported = exports.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : []));
  const passedOn = reexported.map((value) => ({ ...resolve(path, value), names: [], typeOnly: false }));
  return {
    path,
    text,
    program,
    imports: [...imports, ...dynamic, ...passedOn],
    reexports: reexported.length,
    exports: exports.flatMap(({ exportName: { kind, name }, isType }) =>
      isType ? [] : [name ?? (kind === "Default" ? "default" : "*")],
    ),
  };
}

function resolve(from: string, request: string): { target: string; inside: boolean } {
  if (request.startsWith("@/")) return { target: request.slice(2), inside: true };
  if (request.startsWith(".")) return { target: normalize(join(dirname(from), request)), inside: true };
  return { target: request, inside: false };
}

/** Visits every node of a syntax tree. */
export function walk(
  node: unknown,
  visit: (node: Node, parents: Node[]) => void,
  parents: Node[] = [],
): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit, parents);
  } else if (isNode(node)) {
    visit(node, parents);
    for (const value of Object.values(node)) walk(value, visit, [...parents, node]);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
