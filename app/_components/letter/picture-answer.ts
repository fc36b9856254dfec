/** A picture as it is sent, or that there is none. */
export function pictureAnswer(bytes: Uint8Array<ArrayBuffer> | null): Response {
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(bytes, {
    headers: { "content-type": "image/webp", "content-length": String(bytes.length) },
  });
}
