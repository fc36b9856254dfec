import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createToken } from "@/lib/encryption/tokens";
import { captureConsole } from "@/lib/ops/log/console";
import { log, logTo, nameProcess } from "@/lib/ops/log/log";
import { withRequestId } from "@/lib/ops/log/request-id";
import { shortLine } from "@/lib/ops/log/short-line";

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  logTo((line) => void lines.push(line));
});
afterEach(() => logTo(undefined));

const said = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
const CANARY = "zoe@canary.example";
const TOKEN = "Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8";

/** As Prisma and PostgreSQL fail: with what was typed in the message. */
function failure(): Error {
  const cause = { originalCode: "23505", kind: "UniqueConstraintViolation", message: CANARY };
  const error = new Error(
    `Key (name, address)=(Zoe of the canaries, ${CANARY})\n    at ${CANARY} (/srv/${CANARY}/x.ts:1:1)`,
    { cause },
  );
  error.name = "PrismaClientKnownRequestError";
  return Object.assign(error, { code: "P2010", detail: CANARY });
}

describe("the log", () => {
  it("writes a line of JSON with level, time, part and the request's id", () => {
    nameProcess("web");
    withRequestId("an-id", () => log.info("something happened", { count: 3, none: undefined }));
    expect(said()).toEqual([
      expect.objectContaining({
        level: "info",
        part: "web",
        event: "something happened",
        count: 3,
        request: "an-id",
      }),
    ]);
    expect(Object.keys(said()[0] ?? {})).not.toContain("none");
    expect(Date.parse(String(said()[0]?.time))).toBeGreaterThan(Date.now() - 10_000);
  });

  it("says of a failure its name, codes and places, never its message", () => {
    log.error("it failed", failure());
    expect(said()[0]).toMatchObject({
      error: "PrismaClientKnownRequestError",
      code: "P2010 < 23505 < UniqueConstraintViolation",
    });
    log.error("it failed", new TypeError("plain"));
    expect(said()[1]?.at).toMatch(/^tests\/unit\/log\.test\.ts:\d+:\d+/);
    log.error("it failed", { code: `${CANARY}` });
    log.error("it failed", CANARY);
    expect(lines.join()).not.toContain("canary");
  });

  it("lets no address, token or line break through, even from a careless caller", () => {
    log.info("careless", { to: `Zoë <${CANARY}>`, path: `/signatures/${TOKEN}/confirm`, text: "a\nb\u2028" });
    const { token } = createToken();
    log.info("careless", { path: `/signatures/${token}/confirm` });
    expect(lines.join()).not.toMatch(/canary|Zm9vYmFy/);
    expect(lines.join()).not.toContain(token);
    expect(lines).toHaveLength(2);
    const id = "01936d2e-7c1f-7a3b-9c55-2f1c8e5b9a10";
    log.info("careful", { id, at: "server/app/[locale]/(site)/signatures/[token]/confirm/page.js:1:2345" });
    expect(said()[2]).toMatchObject({ id, at: expect.stringContaining("confirm/page.js") });
  });

  it("is short for people", () => {
    log.warn("circuit opened", { provider: "resend" });
    expect(shortLine(lines[0] ?? "")).toBe("web: circuit opened provider=resend\n");
  });
});

describe("the console of libraries", () => {
  it("says no more than the log does", () => {
    const own = { ...console };
    try {
      captureConsole();
      console.error("⨯", failure(), CANARY);
      console.warn(CANARY);
      console.log(CANARY);
    } finally {
      Object.assign(console, own);
    }
    expect(said().map(({ level }) => level)).toEqual(["error", "warn"]);
    expect(lines.join()).not.toContain("canary");
  });
});
