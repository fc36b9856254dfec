import { expect, it, vi } from "vitest";
import { failurePage, type NextHandler } from "@/server/render";
import { warmUp } from "@/server/warm-up";
import { logged } from "../support/logged";

vi.mock("@/lib/letters/cached", () => ({ featuredLetter: async () => null }));
vi.mock("@/lib/http/deadline", async (original) => ({ ...(await original<object>()), ANSWER_MS: 5 }));

const never: NextHandler = () => new Promise(() => undefined);

it("raises no alarm for pages that are late at the start, when nobody waits for them", async () => {
  const start = async () => {
    await warmUp(never);
    await failurePage(never, "en", { visited: false });
  };
  expect(await logged(start)).not.toMatch(/no answer in time|"error"/);
  expect(await logged(() => failurePage(never, "en"))).toContain("there was no answer in time");
});
