/**
 * A 32-bit hash (FNV-1a) for indexes in the database, which hold numbers in less room than texts. Texts may share one:
 * what is found by it is looked at again. Secret it is not.
 */
export function shortHash(scope: string, text: string): number {
  let hash = 0x811c9dc5;
  for (const part of [scope, "\n", text])
    for (let at = 0; at < part.length; at++) hash = Math.imul(hash ^ part.charCodeAt(at), 0x01000193);
  return hash;
}
