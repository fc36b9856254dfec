import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SESSION_COOKIE } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { linkIn } from "../support/mailbox";

const ADMIN = "admin@example.org";
let app: App;
let link: string;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

function post(url: string, values: Record<string, string>, headers: Record<string, string> = {}) {
  const sent = { origin: app.url, ...headers };
  return fetch(url, { method: "POST", redirect: "manual", headers: sent, body: new URLSearchParams(values) });
}

const ask = (email: string) => post(`${app.url}/admin/sign-in`, { form: "sign-in", email });
const get = (url: string, cookie = "") => fetch(url, { redirect: "manual", headers: { cookie } });
const sessions = () => runSql(app.databaseUrl, "SELECT id FROM admin_session");

/** What a stranger could compare. */
async function seenOf(response: Response) {
  const { date: _, "x-request-id": __, ...headers } = Object.fromEntries(response.headers);
  return {
    status: response.status,
    headers: { ...headers, "content-security-policy": "" },
    body: await response.text(),
  };
}

describe("signing in", () => {
  it("answers the same for an administrator, for lookalikes and for strangers, and mails the administrator alone", async () => {
    const known = await seenOf(await ask(ADMIN));
    expect(known).toMatchObject({ status: 303, headers: { location: "/admin/sign-in/check-your-mailbox" } });
    for (const email of [
      "stranger@example.org",
      "аdmin@example.org",
      "admin+x@example.org",
      "ad.min@example.org",
      ADMIN,
    ]) {
      expect(await seenOf(await ask(email))).toEqual(known);
    }
    const mail = await app.mailbox.waitFor(ADMIN);
    link = linkIn(mail, "/admin/sign-in/");
    // Each answer comes after what it has queued.
    expect(await runSql(app.databaseUrl, "SELECT message FROM mail")).toEqual([{ message: "admin-sign-in" }]);
    expect((await app.mailbox.list()).map(({ to }) => to[0]?.address)).toEqual([ADMIN]);
  });

  it("is not done by opening the link, however often", async () => {
    for (let look = 0; look < 100; look++) {
      const response = await fetch(link, { method: look % 2 ? "HEAD" : "GET" });
      expect(response.status).toBe(200);
      expect(response.headers.get("set-cookie")).toBeNull();
    }
    expect(await sessions()).toEqual([]);
  });

  it("is done by its button, once, with a cookie that scripts cannot read", async () => {
    expect((await post(link, { form: "use-link" }, { origin: "https://evil.test" })).status).toBe(403);
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(link, { form: "use-link" })));
    const done = answers.filter(({ headers }) => headers.get("set-cookie"));
    expect(done).toHaveLength(1);
    expect(await sessions()).toHaveLength(1);
    const [signedIn] = done;
    expect(signedIn?.headers.get("location")).toBe("/admin");
    const cookie = signedIn?.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(
      new RegExp(`^${SESSION_COOKIE}=[0-9a-z]{25}; Path=/; Expires=[^;]+; HttpOnly; SameSite=Lax$`, "i"),
    );
    const late = answers.find((answer) => answer !== signedIn);
    expect(late?.headers.get("location")).toBe(new URL(link).pathname);
    expect((await get(link)).status).toBe(410);
    await signedInThenOut(cookie.split(";")[0] ?? "");
  });

  it("leaves nothing of next-auth's own addresses open", async () => {
    const actions = [
      "signin",
      "signin/email",
      "callback/email?token=x",
      "session",
      "csrf",
      "providers",
      "signout",
      "error",
    ];
    for (const action of actions) {
      expect((await get(`${app.url}/api/auth/${action}`)).status, action).toBe(404);
      expect((await post(`${app.url}/api/auth/${action}`, {})).status, action).toBe(404);
    }
  });

  it("writes no address and no token into the log", () => {
    expect(app.log()).not.toContain(ADMIN);
    expect(app.log()).not.toContain(link.split("/").at(-1));
  });
});

async function signedInThenOut(cookie: string): Promise<void> {
  expect((await get(`${app.url}/admin`, cookie)).status).toBe(200);
  expect((await get(link, cookie)).status).toBe(200);
  const out = await post(`${app.url}/admin/sign-out`, {}, { cookie });
  expect(out.headers.get("location")).toBe("/admin/sign-in");
  expect(out.headers.get("set-cookie")).toMatch(/Max-Age=0/i);
  expect(await sessions()).toEqual([]);
  expect((await get(`${app.url}/admin`, cookie)).status).toBe(307);
}
