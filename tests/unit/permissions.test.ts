import { describe, expect, it } from "vitest";
import {
  type AdminAction,
  can,
  canDo,
  canSomewhere,
  LETTER_PERMISSIONS,
  PERMISSIONS,
} from "@/lib/auth/permissions";

const actions = Object.keys(PERMISSIONS) as AdminAction[];
const open = (role: "OWNER" | "EDITOR" | "MODERATOR" | "READER") =>
  actions.filter((action) => can(role, action));

describe("the permissions", () => {
  it("let an owner do everything", () => {
    expect(open("OWNER")).toEqual(actions);
  });

  it("let a moderator do everything but edit letters and the site, export or show again what is hidden, choose administrators and see the audit log's head", () => {
    const owners = ["export.hidden", "names.show", "site.edit", "data.manage", "team.manage", "audit.head"];
    const editors = [...owners, "letter.edit", "letter.create", "letter.feature"];
    expect(open("MODERATOR")).toEqual(actions.filter((action) => !editors.includes(action)));
    expect(open("EDITOR")).toEqual(actions.filter((action) => !owners.includes(action)));
  });

  it("let whoever has some letters do to those what their role may, and nothing to others or to the site", () => {
    for (const role of ["EDITOR", "MODERATOR", "READER"] as const) {
      const limited = { role, letters: ["one"] };
      for (const action of actions) {
        const own = action === "session.own";
        const isOfLetter = action in LETTER_PERMISSIONS;
        expect(canDo(limited, action, "one"), action).toBe(can(role, action) && (isOfLetter || own));
        for (const other of ["two", null, undefined]) expect(canDo(limited, action, other), action).toBe(own);
        expect(canSomewhere(limited, action), action).toBe(can(role, action) && (isOfLetter || own));
        expect(canDo({ role, letters: null }, action), action).toBe(can(role, action));
      }
    }
  });

  it("let a reader see letters and numbers and nothing else, but for what is their own", () => {
    expect(open("READER")).toEqual(["letter.read", "statistics.read", "session.own"]);
  });
});
