import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AdminAction, can, PERMISSIONS } from "@/lib/auth/permissions";
import { PROJECT } from "@/scripts/local/data-folder";
import { routeOf } from "@/server/route";
import { ACTIONS, FORMS, READINGS } from "./support/access-matrix";
import { listFiles } from "./support/sources";

const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");
const routes = listFiles("app", /\/(?:page\.tsx|route\.ts)$/);

/** The folder of a route as its address: without the language and the groups. */
const addressOf = (path: string) =>
  path.replace(/^app(?:\/\[locale\])?(?:\/\(site\))?/, "").replace(/\/(?:page\.tsx|route\.ts)$/, "") || "/";
const pageOf = (path: string) => addressOf(path).replace(/\/submit$/, "");
const answers = (path: string, method: string) =>
  new RegExp(`export (?:async function|function|const) ${method}\\b`).test(read(path));

/** The names that the handlers of a form compare the posted one with. */
function namesIn(folder: string): string[] {
  const texts = listFiles(folder).map(read);
  const named = /(?:\bcase|form\)? [!=]==|form\?\.startsWith\() ?"([\w-]+)"/g;
  return texts.flatMap((text) => [...text.matchAll(named)].map(([, name = ""]) => name.replace(/-$/, "")));
}

describe("the matrix of who may do what", () => {
  it("has a row for every address that can be read", () => {
    const readable = routes.filter((path) => path.endsWith("page.tsx") || answers(path, "GET"));
    expect(readable.length).toBeGreaterThan(30);
    expect(readable.map(addressOf).filter((address) => !READINGS[address])).toEqual([]);
  });

  it("has a row for every address that takes a POST, and for every form that its handler knows", () => {
    const posted = routes.filter((path) => answers(path, "POST"));
    const lacking = posted.flatMap((path) => {
      const rows = FORMS[pageOf(path)];
      if (!rows) return [pageOf(path)];
      if (!path.endsWith("/submit/route.ts")) return [];
      return namesIn(path.replace(/\/route\.ts$/, ""))
        .filter((name) => !rows[name])
        .map((name) => `${pageOf(path)}: ${name}`);
    });
    expect(posted.length).toBeGreaterThan(10);
    expect(lacking).toEqual([]);
  });

  it("knows no other method", () => {
    const others = ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"];
    expect(routes.filter((path) => others.some((method) => answers(path, method)))).toEqual([]);
  });

  it("names forms that the server hands on, at the addresses where they are", () => {
    const example = (address: string) => address.replace(/\[[^\]]+\]/g, "x");
    const there = new Set(routes.map(pageOf));
    for (const address of Object.keys(FORMS).filter((one) => there.has(one))) {
      const kind = address.startsWith("/api/") ? "endpoint" : "submit";
      expect(routeOf("POST", example(address)).kind, address).toBe(kind);
    }
  });

  it("says of every permission what the table of permissions says", () => {
    const roles = { reader: "READER", moderator: "MODERATOR", owner: "OWNER" } as const;
    for (const action of Object.keys(PERMISSIONS) as AdminAction[])
      for (const [visitor, role] of Object.entries(roles) as ["reader", "READER"][])
        expect(can(role, action), `${role} ${action}`).toBe(ACTIONS[action].includes(visitor));
  });
});
