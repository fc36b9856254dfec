import { describe, expect, it } from "vitest";
import { type AdminAction, can, PERMISSIONS } from "@/lib/auth/permissions";

const actions = Object.keys(PERMISSIONS) as AdminAction[];
const open = (role: "OWNER" | "MODERATOR" | "READER") => actions.filter((action) => can(role, action));

describe("the permissions", () => {
  it("let an owner do everything", () => {
    expect(open("OWNER")).toEqual(actions);
  });

  it("let a moderator do everything but edit letters and the site, choose administrators, see the audit log's head and people's data", () => {
    const owners = ["letter.edit", "site.edit", "team.manage", "audit.head", "data.manage"];
    expect(open("MODERATOR")).toEqual(actions.filter((action) => !owners.includes(action)));
  });

  it("let a reader look and nothing else, but for what is their own", () => {
    expect(open("READER").filter((action) => !action.endsWith(".read"))).toEqual(["session.own"]);
  });
});
