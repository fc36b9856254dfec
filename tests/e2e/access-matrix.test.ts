import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { FORMS, type Form, READINGS, VISITORS, type Visitor } from "../support/access-matrix";
import { everything, makeObjects, makeVisitors, type Objects, sessionOf } from "../support/access-objects";
import { SESSION_COOKIE } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { listFiles } from "../support/sources";

const NAME = "Ada Unmistakable";
const NOBODY = "01a20a78-e4d6-767b-a66e-fd6063c648b4";
const OTHER_TOKEN = "x".repeat(43);
let app: App;
let own: Objects;
let passkeys: Record<Exclude<Visitor, "anonymous">, string>;

beforeAll(async () => {
  app = await startApp({ worker: false });
  process.env.DATABASE_URL = app.databaseUrl;
  passkeys = await makeVisitors();
  own = await makeObjects(NAME);
});
afterAll(async () => {
  await db.$disconnect();
  await app.stop();
});

/** The address of a row, for an object of one's own or for another one. */
function pathOf(address: string, whose: "own" | "other" = "own"): string {
  const mine = whose === "own";
  const token = address.startsWith("/admin/") ? own.link : own.pending.token;
  const shown = address.startsWith("/admin/bulk") ? own.bulkAct : own.seen.signatureId;
  const hidden = address.startsWith("/admin/bulk") ? NOBODY : own.pending.id;
  return address
    .replace("[slug]", mine ? "uyghurs" : "no-such-letter")
    .replace("[token]", mine ? token : OTHER_TOKEN)
    .replace("[id]", mine ? shown : hidden)
    .replace("[...rest]", "nothing/here");
}

const cookie = (session?: string): Record<string, string> =>
  session ? { cookie: `${SESSION_COOKIE}=${session}` } : {};

const get = (path: string, session?: string) =>
  fetch(app.url + path, { redirect: "manual", headers: cookie(session) });

/** What a form is posted with: its fields, what its page showed, and the object that it names. */
function valuesOf(
  name: string,
  form: Form,
  visitor: Visitor,
  whose: "own" | "other",
): Record<string, string> {
  const passkey = whose === "own" && visitor !== "anonymous" ? passkeys[visitor] : own.guestPasskey;
  const member = whose === "own" ? own.guest : NOBODY;
  const seen = { state: own.seen.state, revision: String(own.seen.revision) };
  const entry = name === "remove" ? own.watched : own.block;
  const named: Record<string, string> = {
    renamePasskey: `${name}.${passkey}`,
    removePasskey: `${name}.${passkey}`,
    changeRole: `${name}.${member}`,
    removeAdmin: `${name}.${member}`,
    remove: `remove-${own.watched}`,
  };
  const things = { session: own.guestSession, entry: whose === "own" ? entry : NOBODY };
  return { ...seen, ...things, letter: own.letterId, ...form.values, form: named[name] ?? name };
}

type Sent = {
  address: string;
  name: string;
  form: Form;
  visitor: Visitor;
  session?: string;
  whose?: "own" | "other";
};

function post({ address, name, form, visitor, session, whose = "own" }: Sent, accept = "text/html") {
  const headers = { origin: app.url, accept, ...cookie(session) };
  const body = new URLSearchParams(valuesOf(name, form, visitor, whose));
  const path =
    name === "run" ? pathOf(address, whose).replace(own.bulkAct, own.bulkDraft) : pathOf(address, whose);
  return fetch(app.url + path, { method: "POST", redirect: "manual", headers, body });
}

const there = new Set(
  listFiles("app", /\/(?:page\.tsx|route\.ts)$/).map(
    (path) =>
      path
        .replace(/^app(?:\/\[locale\])?(?:\/\(site\))?/, "")
        .replace(/(?:\/submit)?\/(?:page\.tsx|route\.ts)$/, "") || "/",
  ),
);
const readings = Object.entries(READINGS).filter(([address]) => there.has(address));
const forms = Object.entries(FORMS)
  .filter(([address]) => there.has(address))
  .flatMap(([address, rows]) => Object.entries(rows).map(([name, form]) => ({ address, name, form })));

/** Where somebody is led who opens what is not for them. */
const LED: Record<Visitor, string> = {
  anonymous: "/admin/sign-in?first=1",
  half: "/admin/second-factor",
  reader: "/admin/not-allowed",
  moderator: "/admin/not-allowed",
  owner: "/admin",
};

describe.each(VISITORS)("somebody who is %s", (visitor) => {
  it("reads what is theirs to read, and of nobody else's anything", async () => {
    const session = await sessionOf(visitor);
    for (const [address, { who, ok = 200, other }] of readings) {
      const answer = await get(pathOf(address), session);
      const text = await answer.text();
      const about = `${visitor} reads ${address}`;
      if (who.includes(visitor)) {
        expect.soft(answer.status, about).toBe(ok);
        if (other) expect.soft((await get(pathOf(address, "other"), session)).status, about).toBe(other);
        continue;
      }
      expect.soft(text, about).not.toContain(NAME);
      if (address.endsWith("/progress")) expect.soft([401, 403], about).toContain(answer.status);
      else if (address === "/admin/second-factor" && visitor !== "anonymous")
        expect.soft(answer.headers.get("location"), about).toBe("/admin");
      else expect.soft([answer.status, answer.headers.get("location")], about).toEqual([307, LED[visitor]]);
    }
  });

  it("is refused every form that is not theirs, and nothing happens", async () => {
    const session = await sessionOf(visitor);
    const before = await everything();
    for (const row of forms.filter(({ form }) => !form.who.includes(visitor))) {
      for (const accept of ["text/html", "application/json"]) {
        const answer = await post({ ...row, visitor, session }, accept);
        const about = `${visitor} posts ${row.address} ${row.name}`;
        expect.soft(answer.status, about).toBe(visitor === "anonymous" || visitor === "half" ? 401 : 403);
        expect.soft(await answer.text(), about).not.toContain(visitor === "anonymous" ? NAME : "<never>");
      }
    }
    expect.soft(await everything()).toBe(before);
  });

  it("does nothing to what is another's, or is not there", async () => {
    const about = (row: { address: string; name: string }) => `${visitor} posts ${row.address} ${row.name}`;
    const others = forms.filter(
      ({ address, name }) =>
        /\[(?:id|token)\]|watch-list|blocks$/.test(address) ||
        /^(?:rename|remove|change|endSession)/.test(name),
    );
    for (const row of others.filter(({ name }) => !["add", "add-block", "resend"].includes(name))) {
      const session = await sessionOf(visitor);
      const before = await everything();
      const answer = await post({ ...row, visitor, session, whose: "other" });
      expect.soft([303, 401, 403, 409, 422], about(row)).toContain(answer.status);
      expect.soft(await everything(), about(row)).toBe(before);
    }
  });
});

describe("whoever may", () => {
  // The weakest first: what an owner does last would take the ground from under the others.
  it.each(VISITORS)("is not refused: %s", async (visitor) => {
    for (const row of forms.filter(({ form }) => form.who.includes(visitor))) {
      const session = await sessionOf(visitor);
      const answer = await post({ ...row, visitor, session });
      const about = `${visitor} posts ${row.address} ${row.name}`;
      const known = row.address.startsWith("/api/") ? [404, 415] : [200, 303, 409, 422];
      expect.soft(known, `${about}: ${answer.status}`).toContain(answer.status);
    }
  });
});
