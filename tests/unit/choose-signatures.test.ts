import { expect, it } from "vitest";
import { chosen } from "@/bin/withdraw/choose-signatures";

const HELD = [{ id: "a" }, { id: "b" }, { id: "c" }];

it.each([
  ["all", ["a", "b", "c"]],
  [" ALL ", ["a", "b", "c"]],
  ["2", ["b"]],
  ["1, 3", ["a", "c"]],
  ["3 3,1", ["c", "a"]],
  ["", []],
  ["4", null],
  ["0", null],
  ["1,x", null],
  ["-1", null],
])("reads the answer %j", (answer, ids) => {
  expect(chosen(answer, HELD)).toEqual(ids);
});
