/** A copy of bytes that keeps nothing else in memory: Node cuts small buffers, and zlib its own, from larger pieces. */
export function exactCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}
