import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, it, vi } from "vitest";
import { requestHandler } from "@/server/handle";

it("does nothing for a request whose connection is gone: no limit of a network could count it", async () => {
  const next = vi.fn();
  const destroy = vi.fn();
  const request = {
    method: "GET",
    url: "/api/proof",
    headers: { host: "letters.test", "x-forwarded-for": "198.51.100.1" },
    socket: { remoteAddress: undefined, destroy },
  };
  const response = { setHeader: vi.fn(), once: vi.fn(), writeHead: vi.fn(), end: vi.fn() };
  const answer = requestHandler(next, "https://letters.test", ["loopback"]);
  await answer(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  expect(next).not.toHaveBeenCalled();
  expect(response.writeHead).not.toHaveBeenCalled();
  expect(destroy).toHaveBeenCalled();
});
