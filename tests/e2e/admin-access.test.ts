import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import type { Seen } from "@/lib/moderation/moderate";
import { everything } from "../support/access-objects";
import { SESSION_COOKIE, validSession, worthlessSessions } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { individual } from "../support/letters";
import { seeNow, waitingSignature } from "../support/moderators";

const NAME = "Ada Unmistakable";
let app: App;
let seen: Seen;
let worthless: [string, string | undefined][];

beforeAll(async () => {
  app = await startApp({ worker: false });
  process.env.DATABASE_URL = app.databaseUrl;
  seen = await waitingSignature("uyghurs", individual({ name: NAME }), new Date());
  worthless = await worthlessSessions();
});
afterAll(async () => {
  await db.$disconnect();
  await app.stop();
});

const cookie = (session?: string): Record<string, string> =>
  session ? { cookie: `${SESSION_COOKIE}=${session}` } : {};
const get = (path: string, session?: string) =>
  fetch(`${app.url}${path}`, { redirect: "manual", headers: cookie(session) });

function post(path: string, values: Record<string, string>, session?: string, accept = "text/html") {
  const headers = { origin: app.url, accept, ...cookie(session) };
  return fetch(`${app.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers,
    body: new URLSearchParams(values),
  });
}

const page = () => `/admin/letters/uyghurs/signatures/${publicId(seen.signatureId)}?state=verified`;
const pages = () => [
  "/admin",
  "/admin/signatures",
  "/admin/signatures?state=approved",
  page(),
  `/ar${page()}`,
];
const correction = { fullName: "Somebody Else", country: "FR", title: "", position: "", affiliation: "" };
const forms: [string, Record<string, string>][] = [
  ["approve", {}],
  ["approve", { as: "expert" }],
  ["markExpert", {}],
  ["unmarkExpert", {}],
  ["correct", correction],
  ["reject", { reason: "a reason" }],
];
const shown = () => ({ state: seen.state, revision: String(seen.revision) });

describe("the moderators' pages", () => {
  it("open for nobody but an administrator", async () => {
    for (const [, session] of worthless) {
      for (const path of pages()) {
        const response = await get(path, session);
        expect(response.status, path).toBe(307);
        expect(response.headers.get("location")).toMatch(/^(?:\/ar)?\/admin\/sign-in\?first=1$/);
        expect(await response.text()).not.toContain(NAME);
      }
    }
  });

  it("open for an administrator, and are kept by nobody", async () => {
    const session = await validSession();
    for (const path of pages()) {
      const response = await get(path, session);
      expect(response.status, path).toBe(200);
      expect(response.headers.get("cache-control")).toBe("private, no-store");
    }
    expect(await (await get(page(), session)).text()).toContain(NAME);
    for (const path of [
      "/admin/signatures/nonsense",
      "/admin/signatures/01a20a78-e4d6-767b-a66e-fd6063c648b4",
    ]) {
      expect((await get(path, session)).status, path).toBe(404);
    }
  });
});

describe("the moderators' acts", () => {
  it("are refused to everybody else, from whatever page, and change nothing", async () => {
    const before = await everything();
    for (const [, session] of worthless) {
      for (const [form, values] of forms) {
        for (const accept of ["text/html", "application/json"]) {
          const response = await post(page(), { form, ...shown(), ...values }, session, accept);
          expect(response.status, form).toBe(401);
          expect(response.headers.get("cache-control")).toBe("no-store");
          expect(await response.text()).not.toContain(NAME);
        }
      }
    }
    expect(await everything()).toBe(before);
  });

  it("are refused to an administrator's browser that another site drives", async () => {
    const session = await validSession();
    const before = await everything();
    for (const origin of ["https://evil.test", "null", ""]) {
      const body = new URLSearchParams({ form: "approve", ...shown() });
      const headers = { origin, ...cookie(session) };
      const response = await fetch(`${app.url}${page()}`, {
        method: "POST",
        headers,
        body,
        redirect: "manual",
      });
      expect(response.status).toBe(403);
    }
    expect(await everything()).toBe(before);
  });

  it("are done for an administrator, once; whoever comes second is told", async () => {
    const session = await validSession();
    const other = await validSession("oda@example.org");
    const values = { form: "approve", as: "expert", ...shown() };
    const done = await post(page(), values, session);
    expect(done.status).toBe(303);
    expect(done.headers.get("location")).toContain("notice=approved");
    const late = await post(page(), { form: "reject", reason: "no", ...shown() }, other);
    const told = late.headers.get("location") ?? "";
    expect(told).toContain("notice=conflict");
    expect(await (await get(told, other)).text()).toContain("mona@example.org");
    expect(await seeNow(seen.signatureId)).toMatchObject({ state: "APPROVED", revision: 2 });
  });

  it("show a form with mistakes again, with what was typed", async () => {
    const session = await validSession();
    const { state, revision } = await seeNow(seen.signatureId);
    const values = { form: "correct", state, revision: String(revision), ...correction, country: "XX" };
    const response = await post(page(), values, session);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain("Somebody Else");
    expect(await seeNow(seen.signatureId)).toMatchObject({ revision });
  });
});

describe("the list beside a signature", () => {
  it("is the page of the list that it was chosen from, also after a decision", async () => {
    const session = await validSession();
    for (let place = 0; place < 55; place++) {
      const input = individual({
        email: `beside${place}@beside${place}.example`,
        name: `Beside Number ${place}`,
      });
      await waitingSignature("uyghurs", input, new Date());
    }
    await db.signature.updateMany({ where: { state: "VERIFIED" }, data: { hold: null } });
    const text = async (path: string) => (await (await get(path, session)).text()).replaceAll("&amp;", "&");
    const next =
      /href="([^"]+)"[^>]*>Next page/.exec(await text("/admin/signatures?state=verified"))?.[1] ?? "";
    const [, line = ""] = /<span class="queue-name"><a href="([^"]+)"/.exec(await text(next)) ?? [];
    const opened = await text(line);
    expect(opened).toMatch(/<span class="queue-name"><a href="[^"]+" aria-current="page"/);
    expect(opened).toContain(`href="${next}"`);
    const decided = await post(line, { form: "approve", state: "VERIFIED", revision: "1" }, session);
    const following = await text(decided.headers.get("location") ?? "");
    expect(following).toMatch(/<span class="queue-name"><a href="[^"]+" aria-current="page"/);
    expect(following).toContain(`href="${next}"`);
  });

  it("looks for a text that stands in no address", async () => {
    const session = await validSession();
    const found = await post(
      "/admin/signatures",
      { form: "filters", state: "verified", text: "Beside Number 7" },
      session,
    );
    const path = found.headers.get("location") ?? "";
    expect(found.status).toBe(303);
    expect(path).not.toMatch(/beside|text/i);
    const page = await (await get(path, session)).text();
    expect(page).toContain("Beside Number 7");
    expect(page).not.toContain("Beside Number 8");
  });

  it("says which filter is not known, instead of showing more than was asked for", async () => {
    const page = await (
      await get("/admin/signatures?state=verified&flag=nonsense", await validSession())
    ).text();
    expect(page).toContain("Choose one of the options.");
  });
});
