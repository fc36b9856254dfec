import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AdminAction, can, PERMISSIONS } from "@/lib/auth/permissions";
import { PROJECT } from "@/lib/project-folder";
import { matcher } from "@/server/match";
import { isSent, ROUTES } from "@/server/routes";
import { ACTIONS, FORMS, LET_IN, READINGS } from "./support/access-matrix";
import { addressOf, answeringFiles, isRoute, pageOf } from "./support/addresses";
import { HANDLERS, postedForms } from "./support/posted-forms";
import { readSource, readSources } from "./support/sources";

const files = answeringFiles();
const routes = files.filter(isRoute).map(readSource);
const paths = (answering: { path: string }[]) => answering.map(({ path }) => path);
const taking = (method: string) => routes.filter(({ exports }) => exports.includes(method));
const SUBMIT = /\/submit\/route\.ts$/;
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

describe("the table of routes", () => {
  it("has a line for every page and every method of a route in app, and no other", () => {
    const answered = files.flatMap((path) => {
      if (!isRoute(path)) return `GET ${addressOf(path)}`;
      const { exports } = readSource(path);
      return METHODS.filter((method) => exports.includes(method)).map((method) =>
        // A form is posted to the address of its page.
        SUBMIT.test(path) ? `form ${method} ${pageOf(path)}` : `${method} ${addressOf(path)}`,
      );
    });
    const lines = ROUTES.flatMap(({ pattern, kind, methods }) =>
      methods.map((method) => `${isSent(kind) ? "form " : ""}${method} ${pattern}`),
    );
    expect(answered.length).toBeGreaterThan(40);
    expect(lines.toSorted()).toEqual(answered.toSorted());
  });

  it("leads each of its lines to itself", () => {
    const match = matcher();
    const example = (pattern: string) =>
      pattern.replace("[token]", "0".repeat(25)).replace(/\[[^\]]+\]/g, "x");
    for (const route of ROUTES.filter(({ pattern }) => !pattern.endsWith("[...rest]")))
      for (const method of route.methods) {
        const found = match(method, example(route.pattern));
        const { pattern, kind } = route;
        expect(found, `${method} ${pattern}`).toMatchObject({ is: "route", route: { pattern, kind } });
      }
  });

  it("lets nobody send anything by another method than a form's without a key", () => {
    const others = ROUTES.filter(({ methods }) => methods.some((method) => !/^(?:GET|POST)$/.test(method)));
    expect(others.filter(({ origin, access }) => origin !== "key" || access !== "secret")).toEqual([]);
    expect(paths(["OPTIONS", "HEAD", "*"].flatMap(taking))).toEqual([]);
  });

  it("says of a page's forms who may post any of them", () => {
    for (const { pattern, access } of ROUTES.filter(({ kind }) => isSent(kind))) {
      const who = Object.values(FORMS[pattern] ?? {}).flatMap((form) => form.who);
      const whole = who.filter((visitor) => visitor !== "elsewhere" || LET_IN[access].includes(visitor));
      expect(new Set(whole), pattern).toEqual(new Set(LET_IN[access]));
    }
  });
});

describe("the matrix of who may do what", () => {
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

  it("knows no other place that answers", () => {
    const places = /^(?:middleware|proxy)\.|^(?:pages|src|public)$/;
    expect(readdirSync(PROJECT).filter((name) => places.test(name))).toEqual([]);
  });

  it("says of every permission what the table of permissions says", () => {
    const roles = { reader: "READER", moderator: "MODERATOR", editor: "EDITOR", owner: "OWNER" } as const;
    for (const action of Object.keys(PERMISSIONS) as AdminAction[])
      for (const [visitor, role] of Object.entries(roles) as ["reader", "READER"][])
        expect(can(role, action), `${role} ${action}`).toBe(ACTIONS[action].includes(visitor));
  });
});
