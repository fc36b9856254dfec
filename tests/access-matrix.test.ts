import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AdminAction, can, PERMISSIONS } from "@/lib/auth/permissions";
import { PROJECT } from "@/lib/project-folder";
import { routeOf } from "@/server/route";
import { ACTIONS, FORMS, READINGS } from "./support/access-matrix";
import { addressOf, answeringFiles, isRoute, pageOf } from "./support/addresses";
import { HANDLERS, postedForms } from "./support/posted-forms";
import { readSource, readSources } from "./support/sources";

const files = answeringFiles();
const routes = files.filter(isRoute).map(readSource);
const paths = (answering: { path: string }[]) => answering.map(({ path }) => path);
const taking = (method: string) => routes.filter(({ exports }) => exports.includes(method));
const SUBMIT = /\/submit\/route\.ts$/;
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

describe("the matrix of who may do what", () => {
  it("has a row for every address that can be read, and no other", () => {
    const readable = [...files.filter((path) => !isRoute(path)), ...paths(taking("GET"))];
    expect(readable.length).toBeGreaterThan(30);
    expect(sorted(readable.map(addressOf))).toEqual(sorted(Object.keys(READINGS)));
  });

  it("has a row for every address that takes a POST, and no other", () => {
    const posted = paths(taking("POST"));
    expect(posted.length).toBeGreaterThan(10);
    expect(sorted(posted.map(pageOf))).toEqual(sorted(Object.keys(FORMS)));
    expect(posted.filter((path) => !path.startsWith("app/api/") && !SUBMIT.test(path))).toEqual([]);
  });

  it("has a row for every form that a handler takes, and no other", () => {
    for (const source of taking("POST")) {
      const one = { name: "", each: false };
      const forms = SUBMIT.test(source.path) ? postedForms(source) : [one];
      const rows = Object.entries(FORMS[pageOf(source.path)] ?? {});
      const known = rows.map(([name, { each = false }]) => ({ name, each }));
      expect(new Set(known), source.path).toEqual(new Set(forms));
      expect(forms.length, source.path).toBeGreaterThan(0);
    }
  });

  it("has nobody answer forms without naming them", () => {
    const all = readSources(["app"]);
    const importers = (name: string) =>
      paths(all.filter(({ imports }) => imports.some(({ names }) => names.includes(name))));
    const handlers = ["app/[locale]/admin/handle-admin-form.ts", "app/_forms/handle-form.ts"];
    expect(importers("answerForm")).toEqual(handlers);
    expect(importers("findAction")).toEqual(["app/_forms/answer-form.ts"]);
    const named = Object.keys(HANDLERS).flatMap(importers);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !SUBMIT.test(path))).toEqual([]);
  });

  it("says of every row who may", () => {
    const rows = [
      ...Object.values(READINGS),
      ...Object.values(FORMS).flatMap((forms) => Object.values(forms)),
    ];
    expect(rows.filter(({ who }) => who.length === 0)).toEqual([]);
  });

  it("knows no other method", () => {
    const others = ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "*"];
    expect(paths(others.flatMap(taking))).toEqual([]);
  });

  it("knows no other place that answers", () => {
    const places = /^(?:middleware|proxy)\.|^(?:pages|src|public)$/;
    expect(readdirSync(PROJECT).filter((name) => places.test(name))).toEqual([]);
  });

  it("names forms that the server hands on, at the addresses where they are", () => {
    const example = (address: string) => address.replace(/\[[^\]]+\]/g, "x");
    for (const address of Object.keys(FORMS)) {
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
