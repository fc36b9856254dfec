import { type Node, type Source, walk } from "./sources";

/** The columns that are a signature's standing; `signatory` for a nested write. Of the public list any write is one. */
const STANDING = new Set(
  [
    ...["state", "visibility", "hold", "revision", "claim", "listing", "content_digest", "reason"],
    ...["verified_at", "decided_at", "published_at", "signatory", "typed", "corrected", "encrypted_country"],
    ...["expert", "earlier", "letter_version_id"],
  ].flatMap((name) => [name, name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())]),
);

const WRITES = /^(create|update|upsert|delete)/;
const TABLES = /^(signature|signatory|publicSignatory)$/;

/** What a source does to the standing of signatures, and what nobody can tell from its text. */
export function standingWrites({ program }: Source): string[] {
  const found: string[] = [];
  walk(program, (node) => {
    if (node.type === "CallExpression") found.push(...prismaWrites(node));
    if (node.type === "TemplateLiteral") found.push(...sqlWrites(quasis(node).join("?")));
    if (node.type === "Literal" && typeof node.value === "string") found.push(...sqlWrites(node.value));
  });
  return found;
}

const quasis = (node: Node) => (node.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw);

function prismaWrites({ callee, arguments: given }: Node): string[] {
  const method = propertyOf(callee as Node);
  const table = propertyOf((callee as { object?: Node }).object);
  if (!method || !WRITES.test(method) || !table || !TABLES.test(table)) return [];
  if (!method.startsWith("update")) return [`${table}.${method}`];
  if (table === "publicSignatory") return [`${table}.${method}`];
  const [options] = given as Node[];
  const data = propertiesOf(options).find((property) => nameOf(property) === "data")?.value as
    | Node
    | undefined;
  if (data?.type !== "ObjectExpression") return [`${table}.${method} of what is not written in place`];
  return propertiesOf(data).flatMap((property) => {
    const name = nameOf(property);
    if (name === null) return [`${table}.${method} of what is not written in place`];
    return STANDING.has(name) ? [`${table}.${method} of ${name}`] : [];
  });
}

const propertyOf = (node?: Node) =>
  node?.type === "MemberExpression" ? (node.property as { name?: string }).name : undefined;
const propertiesOf = (node?: Node) => (node?.type === "ObjectExpression" ? (node.properties as Node[]) : []);
const nameOf = ({ type, key }: Node) =>
  type === "Property" ? ((key as { name?: string }).name ?? null) : null;

const STATEMENT =
  /\b(UPDATE|INSERT INTO|DELETE FROM)\s+"?(signature|signatory|public_signatory)"?(?![\w"])(?:(?:\s+AS)?\s+\w+)?(?:\s+SET\b)?/gi;

function sqlWrites(text: string): string[] {
  return [...text.matchAll(STATEMENT)].flatMap(({ 0: start, 1: verb = "", 2: table, index }) => {
    if (verb.toUpperCase() !== "UPDATE") return [`${verb} ${table}`];
    const after = text.slice(index + start.length);
    const assigned = after.split(/\b(?:FROM|WHERE|RETURNING)\b/)[0] ?? "";
    const names = [...assigned.matchAll(/(\w+)\s*=/g)].map(([, name]) => name ?? "");
    if (table === "public_signatory") return [`UPDATE ${table}`];
    return names.filter((name) => STANDING.has(name)).map((name) => `UPDATE ${table} of ${name}`);
  });
}
