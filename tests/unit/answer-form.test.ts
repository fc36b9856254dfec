import { expect, it } from "vitest";
import { answerForm } from "@/app/_forms/answer-form";
import { DomainError, type DomainErrorCode } from "@/lib/errors";

it.each([
  ["not-found", 404],
  ["forbidden", 403],
  ["conflict", 409],
] as const)("what a verb refuses with %s is answered %i", async (code: DomainErrorCode, status) => {
  const headers = { accept: "application/json" };
  const request = new Request("http://localhost/", { method: "POST", headers, body: new URLSearchParams() });
  const refuse = async () => {
    throw new DomainError(code);
  };
  const answer = await answerForm<[]>(request, "/", { refuse }, () => [], "refuse");
  expect([answer.status, await answer.json()]).toEqual([status, { errors: { "": [code] } }]);
});
