/** A property of a value that may be anything; undefined where it has none. */
export const property = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

/** The same where it is a text. */
export function textProperty(value: unknown, name: string): string | undefined {
  const text = property(value, name);
  return typeof text === "string" ? text : undefined;
}
