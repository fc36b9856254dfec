import { jsonError } from "@/app/api/v1/json";

/** Any address below `/api` that is nobody's. */
export function GET(): Response {
  return jsonError(404, "not-found", "There is nothing at this address.");
}

export const POST = GET;
