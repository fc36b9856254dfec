import { type Node, type Source, walk } from "./sources";

const SHOWN_ATTRIBUTES =
  /^(title|alt|placeholder|label|summary|abbr|aria-(label|description|roledescription|valuetext|placeholder))$/;
const SHOWN_PROPERTIES = /^(title|description|applicationName)$/;
const LETTERS = /\p{L}/u;

/** Sentences written where a component shows them, instead of in the message files. */
export function wordsInComponents({ path, program, text }: Source): string[] {
  const found: string[] = [];
  const report = (node: Node) => {
    const line = text.slice(0, Number(node.start)).split("\n").length;
    found.push(`${path}:${line} ${text.slice(Number(node.start), Number(node.end)).trim().slice(0, 60)}`);
  };
  walk(program, (node, parents) => {
    if (node.type === "JSXText" && LETTERS.test(String(node.value))) report(node);
    if (node.type === "JSXExpressionContainer" && parents.at(-1)?.type !== "JSXAttribute") {
      for (const literal of shownLiterals(node.expression as Node)) report(literal);
    }
    if (node.type === "JSXAttribute" && SHOWN_ATTRIBUTES.test(nameOf(node.name))) {
      for (const literal of shownLiterals(node.value as Node | null)) report(literal);
    }
    if (node.type === "Property" && SHOWN_PROPERTIES.test(nameOf(node.key))) {
      for (const literal of shownLiterals(node.value as Node)) report(literal);
    }
  });
  return found;
}

function nameOf(node: unknown): string {
  const { name, value } = node as { name?: unknown; value?: unknown };
  return String(name ?? value ?? "");
}

/** The texts that an expression can come to: its literals, those of its branches and of its templates. */
function shownLiterals(node: Node | null | undefined): Node[] {
  if (!node) return [];
  const of = (...keys: string[]) => keys.flatMap((key) => shownLiterals(node[key] as Node));
  switch (node.type) {
    case "Literal":
      return LETTERS.test(typeof node.value === "string" ? node.value : "") ? [node] : [];
    case "TemplateLiteral": {
      const parts = node.quasis as { value: { cooked: string } }[];
      return parts.some(({ value }) => LETTERS.test(value.cooked)) ? [node] : [];
    }
    case "ConditionalExpression":
      return of("consequent", "alternate");
    case "LogicalExpression":
    case "BinaryExpression":
      return node.type === "BinaryExpression" && node.operator !== "+" ? [] : of("left", "right");
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
    case "TSAsExpression":
      return of("expression");
    default:
      return [];
  }
}
