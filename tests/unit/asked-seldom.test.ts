import { afterEach, describe, expect, it, vi } from "vitest";
import { askedSeldom } from "@/lib/ops/health/asked-seldom";

afterEach(() => void vi.restoreAllMocks());

describe("a question that anybody may ask", () => {
  it("is asked once for all, and again only a while after its answer", async () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const answers: PromiseWithResolvers<string>[] = [];
    const ask = askedSeldom(1_000, () => {
      const answer = Promise.withResolvers<string>();
      answers.push(answer);
      return answer.promise;
    });
    const all = Array.from({ length: 100 }, ask);
    now += 5_000;
    all.push(ask());
    expect(answers).toHaveLength(1);
    answers[0]?.resolve("first");
    expect(new Set(await Promise.all(all))).toEqual(new Set(["first"]));
    now += 999;
    expect(await ask()).toBe("first");
    now += 1;
    const second = ask();
    expect(answers).toHaveLength(2);
    answers[1]?.reject(new Error("down"));
    await expect(second).rejects.toThrow("down");
    now += 1_000;
    void ask();
    expect(answers).toHaveLength(3);
  });
});
