import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { db } from "@/lib/db/client";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { openLetter } from "../support/letters";
import { THOROUGH } from "../support/tier";

/** Looks like a mailed link's token. */
const LINK = "x".repeat(25);
let app: App;
beforeAll(async () => {
  app = await startApp({ worker: false });
  // The first of a kind takes long on a busy machine.
  for (const first of [() => get("/"), () => sign("first@example.org")])
    await vi.waitFor(async () => expect((await first()).status).toBeLessThan(500), { timeout: 60_000 });
});
afterAll(async () => {
  await db.$disconnect();
  await app.stop();
});

const DOCUMENTS = [
  "/",
  "/letters/uyghurs",
  "/letters/uyghurs/signatories",
  "/ar",
  "/ar/letters/uyghurs",
  "/ar/letters/uyghurs/signatories?kind=individual",
];
const SIGNING = {
  form: "sign",
  fullName: "Late Example",
  country: "GB",
  visibility: "public",
  consent: "on",
};
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, { headers, redirect: "manual" });

const sign = (email: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/letters/uyghurs/sign?as=individual`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: app.url, ...headers },
    body: new URLSearchParams({ ...SIGNING, email }),
  });

/** The statements that wait after something was done while letters, their texts and lists could not be read. */
async function queriesDuring(act: () => Promise<void>): Promise<string[]> {
  const locked = new pg.Client({ connectionString: app.databaseUrl });
  await locked.connect();
  try {
    await locked.query("BEGIN");
    await locked.query("LOCK TABLE letter, letter_version, letter_text, letter_tally, public_signatory");
    await act();
    // What counts visits refers to letters too, and reads none.
    const { rows } = await locked.query<{ query: string }>(
      `SELECT query FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~* '^\\s*(select|with)'`,
    );
    return rows.map(({ query }) => query);
  } finally {
    await locked.end();
  }
}

describe("documents", () => {
  it.each(DOCUMENTS)("%s runs no script and may be kept for a moment", async (path) => {
    const response = await get(path);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).not.toMatch(/<script(?! type="application\/ld\+json">)|javascript:|\son[a-z]+=/i);
    expect(response.headers.get("content-security-policy")).toContain("script-src 'none'");
    // They bear names, which may not be shown once they are stale.
    expect(response.headers.get("cache-control")).toBe("public, max-age=0, s-maxage=5");
  });

  it("are answered from memory: the same bytes, no query, 304 for who has them", async () => {
    const first = await get("/letters/uyghurs");
    const etag = first.headers.get("etag") ?? "";
    const asked = await queriesDuring(async () => {
      for (let read = 0; read < 20; read++)
        expect((await get("/letters/uyghurs")).headers.get("etag")).toBe(etag);
    });
    expect(asked).toEqual([]);
    const again = await get("/letters/uyghurs", { "if-none-match": etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });

  it("heed no parameter that they do not know", async () => {
    const [plain, decorated] = await Promise.all([
      get("/letters/uyghurs"),
      get("/letters/uyghurs?utm_source=x&_rsc=1", { rsc: "1" }),
    ]);
    expect(await decorated.text()).toBe(await plain.text());
  });

  it("show the headline of the sample and the words of each language", async () => {
    const text = async (path: string) => (await (await get(path)).text()).replace(/<[^>]+>/g, "");
    expect(await text("/")).toContain("23 organisations from 5 countries and 16 experts");
    expect(await (await get("/ar")).text()).toMatch(/<html[^>]* lang="ar"[^>]* dir="rtl"/);
  });

  it("change as soon as the letter does, in whichever process, and never outlive its closing", async () => {
    const closesAt = new Date(Date.now() + 3_000);
    await runSql(app.databaseUrl, "UPDATE letter SET closes_at = $1", [closesAt]);
    await runSql(app.databaseUrl, "SELECT pg_notify('undersigned_changes', 'letter:uyghurs')");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const open = await get("/letters/uyghurs");
    expect(await open.text()).toContain("/sign?as=organisation");
    const [, lifetime] = /s-maxage=(\d+)$/.exec(open.headers.get("cache-control") ?? "") ?? [];
    expect(Number(lifetime)).toBeLessThanOrEqual(3);
    await new Promise((resolve) => setTimeout(resolve, closesAt.getTime() - Date.now() + 50));
    expect(await (await get("/letters/uyghurs")).text()).not.toContain("/sign?as=organisation");
    const late = await sign("late@example.org", { accept: "application/json" });
    expect([late.status, await late.json()]).toEqual([409, { errors: { "": ["closed"] } }]);
    await runSql(app.databaseUrl, "UPDATE letter SET closes_at = NULL");
    await runSql(app.databaseUrl, "SELECT pg_notify('undersigned_changes', 'letter:uyghurs')");
    await expect.poll(async () => (await get("/letters/uyghurs")).text()).toContain("/sign?as=organisation");
  });
});

describe("a crowd that searches for ever new things", () => {
  it.runIf(THOROUGH)("is refused in part, at once, and keeps nobody from reading and signing", async () => {
    let asked = 0;
    let over = false;
    const answers: Response[] = [];
    const search = () => get(`/letters/uyghurs/signatories?q=nobody${++asked}`);
    const lanes = Array.from({ length: 100 }, async () => {
      while (!over) {
        const answer = await search();
        answers.push(answer);
        if (answer.status === 503) await pause(50);
      }
    });
    try {
      for (let time = 0; time < 10; time++) {
        // What everybody reads is in no cache just then, as after a moderator's decision.
        await runSql(app.databaseUrl, "SELECT pg_notify('undersigned_changes', 'letter:uyghurs')");
        expect((await get("/letters/uyghurs")).status).toBe(200);
      }
      expect((await sign("beside@example.org")).status).toBe(303);
    } finally {
      over = true;
      await Promise.all(lanes);
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
    for (const { status, headers } of answers)
      expect(headers.get("retry-after")).toBe(status === 503 ? "10" : null);
    expect((await search()).status).toBe(200);
  });
});

/** As cursors were before they said nothing: public facts and an id that tells a time. */
const OLD_CURSOR = Buffer.from(
  JSON.stringify({
    kind: "ORGANISATION",
    expert: false,
    folded: "a",
    id: "019ab0c2-8b1c-7a45-9d2f-0123456789ab",
  }),
).toString("base64url");

describe("ids", () => {
  it("tell nothing that the page does not: neither they nor their time leave the server", async () => {
    const ids = await runSql<{ id: string }>(
      app.databaseUrl,
      ["letter", "letter_version", "related_link", "signature", "signatory", "admin", "audit_entry"]
        .map((table) => `SELECT id::text FROM ${table}`)
        .join(" UNION ALL "),
    );
    expect(ids.length).toBeGreaterThan(100);
    // Six bytes of an id are its time.
    const times = [...new Set(ids.map(({ id }) => id.replaceAll("-", "").slice(0, 12)))];
    const first = (await (await get("/api/v1/letters/uyghurs/signatories?limit=7")).json()) as {
      nextCursor: string;
    };
    const paths = [
      ...["/", "/ar", "/letters/uyghurs", "/letters/uyghurs/signatories", "/letters/uyghurs/signatories?q=a"],
      ...[
        "/letters/uyghurs/sign",
        "/letters/uyghurs/sign?as=individual",
        "/letters/uyghurs/sign?as=organisation",
      ],
      ...["/letters/uyghurs/sign/check-your-mailbox", "/signatures/x/confirm", "/admin/sign-in", "/nothing"],
      ...[
        "/api/v1/letters/uyghurs",
        "/api/v1/letters/uyghurs/signatories?limit=7",
        "/api/health",
        "/api/ready",
      ],
      `/api/v1/letters/uyghurs/signatories?limit=7&cursor=${first.nextCursor}`,
    ];
    for (const path of paths) {
      const response = await get(path);
      const sent = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
      // Whatever may be an id, as it stands and decoded in each way.
      const words = sent.match(/[\w-]{12,}/g) ?? [];
      const read = words.flatMap((word) => [
        word.replaceAll("-", "").toLowerCase(),
        Buffer.from(word, "base64url").toString("hex"),
        Buffer.from(word, "base64url").toString("latin1").replaceAll("-", ""),
      ]);
      const telling = times.filter((time) => read.some((text) => text.includes(time)));
      expect({ path, telling }).toEqual({ path, telling: [] });
    }
  });
});

describe("the public JSON", () => {
  it("tells the letter and its counts", async () => {
    const response = await get("/api/v1/letters/uyghurs");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("etag")).toBeTruthy();
    // No name is in it.
    expect(response.headers.get("cache-control")).toMatch(/, stale-while-revalidate=30$/);
    expect(await response.json()).toMatchObject({
      slug: "uyghurs",
      status: "open",
      url: `${app.url}/letters/uyghurs`,
      tally: { organisations: 23, countries: 5, individuals: 16, experts: 16, total: 39 },
    });
  });

  it("walks the whole list by its cursor, each signatory once, in the contract's fields", async () => {
    const found: Record<string, unknown>[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const response = await get(`/api/v1/letters/uyghurs/signatories?limit=7&cursor=${cursor}`);
      const page = (await response.json()) as {
        signatories: Record<string, unknown>[];
        nextCursor: string | null;
      };
      found.push(...page.signatories);
      cursor = page.nextCursor;
    }
    expect(found).toHaveLength(39);
    expect(new Set(found.map(({ name }) => name)).size).toBe(39);
    expect(found.map(({ kind }) => kind)).toEqual([
      ...Array(23).fill("organisation"),
      ...Array(16).fill("individual"),
    ]);
    const fields = ["kind", "name", "title", "position", "affiliation", "country", "website", "publishedAt"];
    for (const one of found) expect(Object.keys(one)).toEqual(fields);
  });

  it("filters by kind, country and name", async () => {
    const list = async (query: string) =>
      (
        (await (await get(`/api/v1/letters/uyghurs/signatories?${query}`)).json()) as {
          signatories: { name: string; country: string; kind: string }[];
        }
      ).signatories;
    expect((await list("kind=organisation&country=AU")).map(({ country }) => country)).toEqual([
      "AU",
      "AU",
      "AU",
    ]);
    expect((await list("q=ÖRNEKOĞLU")).map(({ name }) => name)).toEqual(["Farid Örnekoğlu"]);
    expect(await list("q=%25")).toEqual([]);
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=many", "limit"],
    ["limit=0x10", "limit"],
    ["q=%00", "q"],
    ["limit=201", "limit"],
    ["kind=robot", "kind"],
    ["country=ZZ", "country"],
    ["cursor=garbage", "cursor"],
    ["cursor=eyJhIjoxfQ", "cursor"],
    [`cursor=${OLD_CURSOR}`, "cursor"],
    [`q=${"x".repeat(101)}`, "q"],
  ])("says clearly what is wrong with %s", async (query, parameter) => {
    const response = await get(`/api/v1/letters/uyghurs/signatories?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "bad-parameter", parameter } });
  });

  it("knows no letter that is not published", async () => {
    expect((await get("/api/v1/letters/nothing")).status).toBe(404);
    expect((await get("/api/v1/letters/nothing/signatories")).status).toBe(404);
  });
});

/** How often Next has been asked to make something. The answer itself is made by Next too. */
async function rendered(): Promise<number> {
  const metrics = await get("/api/metrics", { authorization: `Bearer ${app.environment.METRICS_TOKEN}` });
  const [, count] = /^undersigned_rendered_total (\d+)$/m.exec(await metrics.text()) ?? [];
  return Number(count);
}

describe("pages that show nothing of anybody", () => {
  it.each([
    ["/letters/uyghurs/sign?as=individual", 200, "private, no-cache"],
    ["/ar/letters/uyghurs/sign?as=organisation", 200, "private, no-cache"],
    ["/letters/uyghurs/sign", 200, "private, no-cache"],
    ["/letters/uyghurs/sign/check-your-mailbox", 200, "private, no-store"],
    [`/signatures/${LINK}/confirm?sent=1`, 200, "private, no-store"],
    ["/signatures", 200, "private, no-store"],
    ["/ar/admin/sign-in?first=1", 200, "private, no-store"],
  ])("%s comes from memory, compressed, and runs only its own scripts", async (path, status, kept) => {
    const mark = "mark-of-a-visitor";
    const visit = async () => {
      const headers = {
        "accept-encoding": "gzip, br",
        host: `${mark}.example`,
        cookie: `a=${mark}`,
        "user-agent": mark,
      };
      const answer = await get(`${path}${path.includes("?") ? "&" : "?"}utm=${mark}`, headers);
      return { answer, html: await answer.text() };
    };
    const first = await visit();
    const before = await rendered();
    const { answer, html } = await visit();
    expect(await rendered()).toBe(before + 1);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([status, kept]);
    expect(html).toBe(first.html);
    expect(answer.headers.get("content-encoding")).toBe("br");
    expect(html).not.toContain(mark);
    for (const shown of [mark, LINK]) expect(JSON.stringify([...answer.headers])).not.toContain(shown);
    expect(html).not.toContain(LINK);
    expect(answer.headers.get("set-cookie")).toBeNull();

    const policy = answer.headers.get("content-security-policy") ?? "";
    const inline = [...html.matchAll(/<script(?![^>]* src=)[^>]*>([\s\S]*?)<\/script>/g)].map(
      ([, text]) => text,
    );
    const hashes = inline.map((text = "") => createHash("sha256").update(text).digest("base64"));
    if (inline.length === 0) expect(policy).toContain("script-src 'none'");
    else expect(policy).toContain(`script-src 'self' ${hashes.map((hash) => `'sha256-${hash}'`).join(" ")};`);
  });

  it("a browser that has the form already is told so", async () => {
    const form = await get("/letters/uyghurs/sign?as=individual");
    const again = await get("/letters/uyghurs/sign?as=individual", {
      "if-none-match": form.headers.get("etag") ?? "",
    });
    expect([again.status, again.headers.get("content-security-policy")]).toEqual([
      304,
      form.headers.get("content-security-policy"),
    ]);
  });

  it("administrators' pages are made at each request, with a nonce of their own", async () => {
    const response = await get(`/admin/sign-in/${LINK}`);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(response.headers.get("content-security-policy")).toMatch(
      /script-src 'nonce-[^']+' 'strict-dynamic';/,
    );
    expect((await response.text()).match(/<script(?![^>]*nonce=)/g)).toBeNull();
  });
});

describe("refusals", () => {
  it("are never made by Next: 404 of what cannot exist, 405, 400, files that are not of the build", async () => {
    const ask = async (place: number) => {
      const refused: [string, RequestInit, number][] = [
        [`/nothing/${place}`, {}, 404],
        [`/ar/nothing-${place}`, {}, 404],
        [`/letters/nothing-${place}`, {}, 404],
        [`/letters/nothing-${place}/sign?as=individual`, {}, 404],
        [`/letters/nothing-${place}/signatories?q=${place}`, {}, 404],
        [`/letters/uyghurs/sign/submit?${place}`, {}, 404],
        [`/signatures/${LINK.slice(2)}${place + 10}/confirm`, {}, 404],
        [`/signatures/token-${place}/confirm`, {}, 404],
        [`/_next/static/chunks/${place}.js`, {}, 404],
        [`/_next/image?url=${place}`, {}, 404],
        [`/api/nothing/${place}`, {}, 404],
        [`/api/v1/letters/nothing-${place}`, {}, 404],
        [`/api/v1/letters/nothing-${place}/signatories?q=${place}`, {}, 404],
        [`/letters/uyghurs?q=${place}%00`, {}, 400],
        [`/letters/uyghurs?${place}`, { method: "DELETE" }, 405],
        [`/api/health?${place}`, { method: "POST", body: new URLSearchParams() }, 405],
        [`/api/v1/letters/uyghurs?${place}`, { method: "POST", body: new URLSearchParams() }, 405],
        [`/letters/uyghurs?${place}`, { method: "POST", body: new URLSearchParams() }, 405],
      ];
      for (const [path, options, status] of refused) {
        const answer = await fetch(`${app.url}${path}`, { ...options, headers: { origin: app.url } });
        expect([path, answer.status]).toEqual([path, status]);
        await answer.arrayBuffer();
      }
    };
    await ask(0);
    const before = await rendered();
    for (let place = 1; place <= 20; place++) await ask(place);
    expect(await rendered()).toBe(before + 1);
  });

  it("end where a letter has appeared in the meantime", async () => {
    expect((await get("/letters/letter-1")).status).toBe(404);
    process.env.DATABASE_URL = app.databaseUrl;
    expect((await openLetter()).slug).toBe("letter-1");
    await expect.poll(async () => (await get("/letters/letter-1")).status).toBe(200);
    expect((await get("/letters/letter-1/sign?as=individual")).status).toBe(200);
  });
});

describe("other addresses", () => {
  it.each([
    ["/letters/nothing", 404],
    ["/nothing", 404],
    ["/signatures/some-token", 404],
    ["/embed/letters/uyghurs", 404],
    ["/letters/%00", 400],
    ["/letters/%E0%A4%A", 400],
    ["/letters/uyghurs/signatories?q=%00", 400],
    ["/api/v1/letters/%00", 400],
    ["/api/nothing", 404],
    ["/_next/nothing", 404],
    ["/_next/image?url=%2Ficon.svg&w=16&q=75", 404],
    ["/api/health", 200],
    ["/api/ready", 200],
    ["/en/letters/uyghurs", 308],
  ])("%s answers %i", async (path, status) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    for (const header of [
      "x-content-type-options",
      "referrer-policy",
      "permissions-policy",
      "x-frame-options",
    ]) {
      expect(response.headers.get(header)).toBeTruthy();
    }
  });
});
