import { expect, it } from "vitest";
import { inTurns } from "@/server/turns";

const nextRound = () => new Promise((resolve) => setImmediate(resolve));

it("begins a reader's request before those of a crowd that came first, and everybody's in the end", async () => {
  const inTurn = inTurns();
  const begun: string[] = [];
  for (let count = 0; count < 300; count++) inTurn("crowd", () => begun.push("crowd"));
  inTurn("reader", () => begun.push("reader"));
  await nextRound();
  expect(begun.indexOf("reader")).toBe(1);
  expect(begun.length).toBeLessThan(50);
  for (let round = 0; round < 10; round++) await nextRound();
  expect(begun).toHaveLength(301);
});

it("serves those of one network in the order in which they came", async () => {
  const inTurn = inTurns();
  const begun: number[] = [];
  for (let count = 0; count < 5; count++) inTurn("network", () => begun.push(count));
  await nextRound();
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

it("takes up requests that come while others begin", async () => {
  const inTurn = inTurns();
  const begun: string[] = [];
  inTurn("one", () => {
    begun.push("first");
    inTurn("one", () => begun.push("second"));
  });
  await nextRound();
  await nextRound();
  expect(begun).toEqual(["first", "second"]);
});
