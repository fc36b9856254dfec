import { describe, expect, it } from "vitest";
import { actOn } from "@/app/_forms/form-acts";

const ID = "01a20a78-e4d6-767b-a66e-fd6063c648b4";
const said = (text: string) => async () => ({ redirect: text });
const forms = { add: said("added"), remove: { each: async (id: string) => ({ redirect: `removed ${id}` }) } };
const refused = { code: "invalid" };

describe("the act of a posted form", () => {
  it("is found by its name, and gets the id that follows a dot", async () => {
    expect(await actOn(forms, "add")).toEqual({ redirect: "added" });
    expect(await actOn(forms, `remove.${ID}`)).toEqual({ redirect: `removed ${ID}` });
  });

  it("gets what was asked", async () => {
    const heard: unknown[] = [];
    const hear = async (...asked: unknown[]) => ({ redirect: String(heard.push(...asked)) });
    await actOn({ one: hear, each: { each: hear } }, "one", "values", "session");
    await actOn({ one: hear, each: { each: hear } }, `each.${ID}`, "values");
    expect(heard).toEqual(["values", "session", ID, "values"]);
  });

  it.each([
    undefined,
    "",
    "else",
    "Add",
    " add",
    "add.",
    `add.${ID}`,
    "remove",
    "remove.",
    "remove.x",
    `remove-${ID}`,
    `remove.${ID}.x`,
    `remove.each.${ID}`,
    "constructor",
    "toString",
    "__proto__",
    `hasOwnProperty.${ID}`,
  ])("is nothing for %s", async (posted) => {
    await expect(actOn(forms, posted)).rejects.toMatchObject(refused);
  });

  it("need not be named where a page has one form", async () => {
    expect(await actOn({ sign: said("signed") }, undefined)).toEqual({ redirect: "signed" });
    for (const posted of ["", "else", "toString"])
      await expect(actOn({ sign: said("signed") }, posted)).rejects.toMatchObject(refused);
    await expect(actOn({ remove: forms.remove }, undefined)).rejects.toMatchObject(refused);
  });
});
