import { NIL } from "uuid";
import { describe, expect, it } from "vitest";
import { type FormActions, findAction } from "@/app/_forms/form-actions";
import { publicId } from "@/lib/http/public-ids";

const ID = "01a20a78-e4d6-767b-a66e-fd6063c648b4";
const NAME = publicId(ID);
const said = (text: string) => async () => ({ redirect: text });
const forms = { add: said("added"), remove: { each: async (id: string) => ({ redirect: `removed ${id}` }) } };
const refused = { code: "invalid" };

const actionOn = async <Asked extends unknown[]>(
  from: FormActions<Asked>,
  posted: string | undefined,
  ...asked: Asked
) => findAction(from, posted)(...asked);

describe("the act of a posted form", () => {
  it("is found by its name, and gets the id that follows a dot", async () => {
    expect(await actionOn(forms, "add")).toEqual({ redirect: "added" });
    expect(await actionOn(forms, `remove.${NAME}`)).toEqual({ redirect: `removed ${ID}` });
  });

  it("gets what was asked", async () => {
    const heard: unknown[] = [];
    const hear = async (...asked: unknown[]) => ({ redirect: String(heard.push(...asked)) });
    await actionOn({ one: hear, each: { each: hear } }, "one", "values", "session");
    await actionOn({ one: hear, each: { each: hear } }, `each.${NAME}`, "values");
    expect(heard).toEqual(["values", "session", ID, "values"]);
  });

  it.each([
    undefined,
    "",
    "else",
    "Add",
    " add",
    "add.",
    `add.${NAME}`,
    "remove",
    `remove-${NAME}`,
    "constructor",
    "toString",
    "__proto__",
    `hasOwnProperty.${NAME}`,
  ])("is nothing for %s", async (posted) => {
    await expect(actionOn(forms, posted)).rejects.toMatchObject(refused);
  });

  it.each(["", "x", ID, `${NAME}.x`, `each.${NAME}`])(
    "is about nothing there is for the id %s",
    async (id) => {
      expect(await actionOn(forms, `remove.${id}`)).toEqual({ redirect: `removed ${NIL}` });
    },
  );

  it("need not be named where a page has one form", async () => {
    expect(await actionOn({ sign: said("signed") }, undefined)).toEqual({ redirect: "signed" });
    for (const posted of ["", "else", "toString"])
      await expect(actionOn({ sign: said("signed") }, posted)).rejects.toMatchObject(refused);
    await expect(actionOn({ remove: forms.remove }, undefined)).rejects.toMatchObject(refused);
  });
});
