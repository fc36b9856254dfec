import { type Node, type Source, walk } from "./sources";

const ADMIN = "app/[locale]/admin/handle-admin-form";

/** The functions that answer forms, with the files that they must come from. The third argument names the forms. */
export const HANDLERS: Record<string, string> = {
  handleForm: "app/_forms/handle-form",
  handleAdminForm: ADMIN,
  handleSessionForm: ADMIN,
};

/** A form as its handler names it, and whether there is one for each of many things, posted with an id. */
export type PostedForm = { name: string; each: boolean };

/**
 * The forms that a submit handler takes, as its source says them.
 * @throws Error where it does not say them literally: nobody could tell which forms it has
 */
export function postedForms(source: Source): PostedForm[] {
  const calls: Node[] = [];
  walk(source.program, (node) => {
    if (node.type === "CallExpression" && calledHandler(node)) calls.push(node);
    if (node.type === "ImportSpecifier" && isRenamed(node))
      throw new Error(`${source.path}: calls its handler by another name`);
  });
  const [call, ...others] = calls;
  const name = call && calledHandler(call);
  if (!name || others.length > 0) throw new Error(`${source.path}: calls not exactly one of the handlers`);
  if (!source.imports.some(({ target, names }) => target === HANDLERS[name] && names.includes(name)))
    throw new Error(`${source.path}: has its ${name} from elsewhere`);
  const [, , forms] = call.arguments as Node[];
  if (forms?.type !== "ObjectExpression") throw new Error(`${source.path}: names no forms in place`);
  return (forms.properties as Node[]).map((property) => formOf(property, source.path));
}

function calledHandler(call: Node): string | null {
  const { type, name } = call.callee as Node;
  return type === "Identifier" && Object.hasOwn(HANDLERS, String(name)) ? String(name) : null;
}

function isRenamed({ imported, local }: Node): boolean {
  const [{ name }, own] = [imported as { name?: string }, local as { name: string }];
  return name !== own.name && (Object.hasOwn(HANDLERS, name ?? "") || Object.hasOwn(HANDLERS, own.name));
}

const FUNCTIONS = /^(?:Arrow)?FunctionExpression$/;

function formOf(property: Node, path: string): PostedForm {
  const name = keyOf(property);
  if (name === null) throw new Error(`${path}: names a form other than literally`);
  const act = property.value as Node;
  if (FUNCTIONS.test(act.type)) return { name, each: false };
  const inside = act.type === "ObjectExpression" ? (act.properties as Node[]).map(keyOf) : [];
  if (`${inside}` !== "each") throw new Error(`${path}: the act of ${name} is not written in place`);
  return { name, each: true };
}

/** The literal key of a property; null for a spread and for a computed one. */
function keyOf({ type, key, computed }: Node): string | null {
  if (type !== "Property" || computed) return null;
  const { name, value } = key as { name?: string; value?: unknown };
  return name ?? (typeof value === "string" ? value : null);
}
