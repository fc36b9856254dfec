export const CORS = { "access-control-allow-origin": "*", "access-control-expose-headers": "ETag" };

export function jsonAnswer(body: unknown): Response {
  return Response.json(body, { headers: CORS });
}

/** An error that a program can tell by its code and a person by its message. */
export function jsonError(status: number, code: string, message: string, parameter?: string): Response {
  return Response.json(
    { error: { code, message, ...(parameter ? { parameter } : {}) } },
    { status, headers: CORS },
  );
}
