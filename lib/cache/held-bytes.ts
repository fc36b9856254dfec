/** About what V8 needs for an object, and for each of its fields. */
const OBJECT_BYTES = 64;
const FIELD_BYTES = 16;

/**
 * How many bytes a value keeps from being freed, counted rather too high than too low. Of a Buffer all the memory that it
 * is a part of counts, which may be a pool of others. What functions and private fields hold is not seen.
 */
export function heldBytes(value: unknown): number {
  const seen = new Set<object>();
  const rest: unknown[] = [value];
  let bytes = 0;
  while (rest.length > 0) {
    const one = rest.pop();
    if (typeof one === "string") bytes += 2 * one.length;
    if (typeof one !== "object" || one === null || seen.has(one)) continue;
    seen.add(one);
    if (ArrayBuffer.isView(one)) rest.push(one.buffer);
    if (one instanceof ArrayBuffer || one instanceof SharedArrayBuffer) bytes += one.byteLength;
    const parts = partsOf(one);
    bytes += OBJECT_BYTES + FIELD_BYTES * parts.length;
    for (const part of parts) rest.push(part);
  }
  return bytes;
}

function partsOf(one: object): unknown[] {
  if (ArrayBuffer.isView(one)) return [];
  if (one instanceof Map) return [...one].flat();
  if (one instanceof Set) return [...one];
  // Names of fields are shared by objects of a kind, except where an object is a dictionary.
  return Array.isArray(one) ? one : Object.entries(one).flat();
}
