import type { IncomingMessage, ServerResponse } from "node:http";
import { inject } from "light-my-request";
import { expect, it } from "vitest";
import { answerAfter } from "@/server/first";
import type { NextHandler } from "@/server/render";

/** Next, as far as it is asked for the page that says to come again. */
const next = (async (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { "content-type": "text/html" });
  response.end("<p>later</p>");
}) as unknown as NextHandler;

const answer = async (_: IncomingMessage, response: ServerResponse) => void response.end("answered");

function server(work: Promise<void>) {
  const handle = answerAfter(work, answer, next, "http://letters.test");
  return (url: string) =>
    inject((request, response) => void handle(request as never, response as never), { url });
}

it("answers nobody before the work is done, but says that the process lives", async () => {
  let finish = () => {};
  const ask = server(new Promise<void>((resolve) => (finish = resolve)));
  expect((await ask("/api/health")).payload).toBe("answered");
  const waiting = ask("/letters/x");
  finish();
  expect((await waiting).payload).toBe("answered");
  expect((await ask("/letters/x")).payload).toBe("answered");
});

it("asks those to come again for whom it takes too long, and those after a failure", async () => {
  const ask = server(Promise.reject(new Error("no")));
  const { statusCode, headers, payload } = await ask("/letters/x");
  expect(statusCode).toBe(503);
  expect(headers).toMatchObject({ "retry-after": "5", "cache-control": "no-store" });
  expect(payload).not.toContain("answered");
  expect((await ask("/api/v1/letters/x")).json()).toHaveProperty("error.code", "unavailable");
});
