import type { IncomingMessage, ServerResponse } from "node:http";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GET } from "@/app/api/ready/route";
import { featuredLetter } from "@/lib/letters/cached";
import { enterPhase } from "@/lib/ops/health/phase";
import type { NextHandler } from "@/server/render";
import { warmUp } from "@/server/warm-up";

vi.mock("@/lib/db/client", () => {
  const answers = async () => [];
  return { db: { $queryRaw: answers, $executeRaw: answers, $transaction: answers } };
});
vi.mock("@/lib/letters/cached", () => ({ featuredLetter: vi.fn() }));

it("is there once what visitors need first has been loaded, and ends with the process", async () => {
  const says = async () => {
    const answer = await GET();
    return [answer.status, (await answer.json()).status];
  };
  expect(await says()).toEqual([503, "starting"]);
  enterPhase("serving");
  expect(await says()).toEqual([200, "ready"]);
  enterPhase("stopping");
  enterPhase("serving");
  expect(await says()).toEqual([503, "stopping"]);
});

describe("warming up", () => {
  let asked: string[] = [];
  let status = 200;
  const next: NextHandler = async ({ method, url }: IncomingMessage, response: ServerResponse) => {
    asked.push(`${method} ${url}`);
    response.writeHead(status).end("<p>");
  };
  beforeEach(() => {
    asked = [];
    status = 200;
  });

  it("reads the letter's pages and sends every public form with nothing in it", async () => {
    vi.mocked(featuredLetter).mockResolvedValue({ slug: "a" } as never);
    await warmUp(next);
    expect(asked).toEqual(
      expect.arrayContaining([
        "GET /en/letters/a",
        "GET /en/letters/a/sign?as=individual",
        "POST /en/letters/a/sign/submit",
        "POST /en/signatures/submit",
        expect.stringMatching(/^POST \/en\/signatures\/\w{25}\/confirm\/submit$/),
      ]),
    );
    expect(asked.join()).not.toMatch(/admin|\[/);
  });

  it("tries again what was too slow, and is not done while the database is away", async () => {
    vi.mocked(featuredLetter).mockResolvedValue(null);
    status = 500;
    await warmUp(next);
    expect(asked).toEqual(["GET /en", "GET /en", "GET /en"]);
    vi.mocked(featuredLetter).mockRejectedValue(new Error("away"));
    await expect(warmUp(next)).rejects.toThrow();
  });
});
