import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROJECT } from "@/lib/project-folder";
import { FIELDS } from "@/lib/signatures/schemas";
import { type App, startApp } from "../support/app";
import { countryBox, launchBrowser, newVisitor } from "../support/browser";
import { runSql } from "../support/database";
import {
  INTRUDERS,
  type Intruder,
  openBeforeScripts,
  startReact,
  throughStart,
} from "../support/late-scripts";
import { cases } from "../support/tier";

let app: App;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ worker: false }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const VALUES = {
  form: "sign",
  fullName: "Ada Exampleton",
  email: "ada@example.org",
  country: "GB",
  visibility: "public",
  consent: "on",
};
const PATH = "/letters/uyghurs/sign?as=individual";

function post(body: RequestInit["body"], headers: Record<string, string> = {}, path = PATH) {
  return fetch(`${app.url}${path}`, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { origin: app.url, ...headers },
  });
}
const form = (changes: Record<string, string> = {}) => new URLSearchParams({ ...VALUES, ...changes });
const pending = () => runSql(app.databaseUrl, "SELECT id FROM signature WHERE state = 'PENDING'");

describe("who may post", () => {
  it.each([
    ["without an Origin", { origin: "" }],
    ["with a null Origin", { origin: "null" }],
    ["from another site", { origin: "https://evil.test" }],
    [
      "from another site with forwarded headers",
      { origin: "https://evil.test", "x-forwarded-host": "evil.test" },
    ],
    ["with a malformed Origin", { origin: "http://" }],
  ])("nobody %s", async (_, headers) => {
    const response = await post(form(), headers as Record<string, string>);
    expect(response.status).toBe(403);
    expect(await pending()).toEqual([]);
  });

  it.each([
    ["another content type", "{}", { "content-type": "application/json" }, 415],
    ["a garbage body", "garbage", { "content-type": "multipart/form-data; boundary=x" }, 400],
    ["a body without its boundary", "garbage", { "content-type": "multipart/form-data" }, 400],
    ["a file", fileForm(), {}, 400],
    ["too large a body", form({ comment: "x".repeat(70_000) }), {}, 413],
  ])("nobody with %s", async (_, body, headers, status) => {
    const response = await post(body, headers as Record<string, string>);
    expect(response.status).toBe(status);
    expect(await pending()).toEqual([]);
  });

  it("nobody to an address that has no form, nor as a server action", async () => {
    for (const path of ["/letters/uyghurs", "/nothing", "/api/v1/letters/uyghurs"]) {
      const response = await post(form(), { "next-action": "7f".repeat(20) }, path);
      expect([404, 405]).toContain(response.status);
    }
  });
});

function fileForm(): FormData {
  const data = new FormData();
  data.set("fullName", new Blob(["x"]), "x.txt");
  return data;
}

describe("a form with mistakes", () => {
  it("comes back without JavaScript with everything typed, every error, and a summary", async () => {
    const response = await post(
      form({
        email: "not-an-address",
        fullName: "Zoë <b>Örnek</b> https://x.test",
        country: "ZZ",
        consent: "",
      }),
    );
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain("Zoë &lt;b&gt;Örnek&lt;/b&gt; https://x.test");
    expect(html).toContain('value="not-an-address"');
    for (const field of ["fullName", "email", "country", "consent"])
      expect(html).toContain(`href="#sign-${field}"`);
    const policy = response.headers.get("content-security-policy") ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "none";
    expect(html).toContain(`nonce="${nonce}"`);
    expect(html.match(/<script(?![^>]*nonce=)/g)).toBeNull();
  });

  it("comes back also to a program that names only the contract's fields", async () => {
    const { form: _, ...fields } = VALUES;
    const html = await (await post(new URLSearchParams({ ...fields, email: "typed" }))).text();
    expect(html).toContain('value="typed"');
    expect(html).toContain('href="#sign-email"');
  });

  it("answers a script with the codes by field", async () => {
    const response = await post(form({ email: "" }), { accept: "application/json" });
    expect([response.status, await response.json()]).toEqual([422, { errors: { email: ["required"] } }]);
  });
});

describe("a valid form", () => {
  it("goes on to the same page, whatever the state of the address", async () => {
    for (let time = 0; time < 3; time++) {
      const response = await post(form());
      expect([response.status, response.headers.get("location")]).toEqual([
        303,
        "/letters/uyghurs/sign/check-your-mailbox",
      ]);
    }
    expect(await pending()).toHaveLength(1);
    const response = await post(form(), { accept: "application/json" }, `/ar${PATH}`);
    expect(await response.json()).toEqual({ redirect: "/ar/letters/uyghurs/sign/check-your-mailbox" });
  });
});

/** Every column of every table, by the names that code and database give it. */
function everyColumn(): string[] {
  const schema = readFileSync(join(PROJECT, "prisma/schema.prisma"), "utf8");
  const names = [...schema.matchAll(/^ {2}(\w+) +[A-Z]/gm)].map(([, name = ""]) => name);
  const mapped = [...schema.matchAll(/@map\("(\w+)"\)/g)].map(([, name = ""]) => name);
  return [...new Set([...names, ...mapped])];
}

describe("a payload with every column of the database", () => {
  /** What is stored of a signature, without what differs from one to the next. */
  async function storedOf(act: () => Promise<unknown>): Promise<unknown[]> {
    const known = await rowsOf();
    await act();
    return (await rowsOf()).filter(({ id }) => !known.some((row) => row.id === id)).map(({ kept }) => kept);
  }
  const rowsOf = () =>
    runSql<{ id: string; kept: unknown }>(
      app.databaseUrl,
      `SELECT g.id::text, (to_jsonb(g) || to_jsonb(s) || jsonb_build_object('tokens', (
          SELECT count(*) FROM confirmation_link t WHERE t.mailbox_hash = g.mailbox_hash)))
        - '{id,content_digest,encrypted_country,spelling_hash,locale,letter_version_id,signatory_id,claim,address_hash,address,comment,typed,consent_at,submitted_at,expires_at,mailbox_hash,network_hash,wide_network_hash,domain_hash}'::text[]
        AS kept
       FROM signature g JOIN signatory s ON s.id = g.signatory_id`,
    );

  it.each(["individual", "organisation"])("signs as %s like one without", async (as) => {
    const fields = {
      ...VALUES,
      organisationName: "Example Foundation",
      website: "https://foundation.example.org/",
      representativeName: "Robin Muster",
      representativeRole: "Director",
      authority: "on",
    };
    // Which text was shown is a field of the form, too.
    const own: string[] = [...Object.values(FIELDS).flat(), "version"];
    const columns = everyColumn().filter((name) => !own.includes(name));
    expect(columns.length).toBeGreaterThan(120);
    const tempting = (name: string) => (/_at$|At$/.test(name) ? "2020-01-01T00:00:00Z" : "APPROVED");
    const more = Object.fromEntries(columns.map((name) => [name, tempting(name)]));
    const path = `/letters/uyghurs/sign?as=${as}`;
    const send = (email: string, extra: Record<string, string>) => () =>
      post(form({ ...fields, ...extra, email }), {}, path);
    const plain = await storedOf(send(`plain-${as}@example.org`, {}));
    expect(plain).toHaveLength(1);
    expect(await storedOf(send(`greedy-${as}@example.org`, more))).toEqual(plain);
  });
});

describe("a visitor whose scripts come late", () => {
  // The page of a dead link has no script that could take anything away.
  const FORMS = [
    "/letters/uyghurs/sign?as=individual",
    "/letters/uyghurs/sign?as=organisation",
    "/signatures",
    "/admin/sign-in",
  ];

  it.each(cases(Object.keys(INTRUDERS) as Intruder[]))("loses nothing by %s", async (intruder) => {
    const context = await newVisitor(browser);
    const look = async (path: string) => {
      const { before, after, anew } = await throughStart(await context.newPage(), app.url + path, intruder);
      expect(after, path).toEqual(before);
      return anew;
    };
    const anew = await Promise.all(FORMS.map(look));
    if (intruder !== "an element first in the body") expect(anew).toContain(true);
    await context.close();
  });

  it("types on where they were, and signs", async () => {
    const page = await (await newVisitor(browser)).newPage();
    const letScriptsCome = await openBeforeScripts(page, `${app.url}/letters/uyghurs/sign?as=individual`);
    await page.fill("[name=email]", "late@example.org");
    await page.selectOption("[name=country]", "GB");
    await page.check("[name=visibility][value=withheld]");
    await page.check("[name=consent]");
    await page.fill("[name=fullName]", "Ada Lce");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.evaluate(INTRUDERS["text wrapped in font"]);
    expect(await startReact(page, letScriptsCome)).toBe(true);
    await page.keyboard.type("ovela");
    expect(await page.inputValue("[name=fullName]")).toBe("Ada Lovelace");
    await page.locator("form#sign button[type=submit]").click();
    await page.waitForURL("**/check-your-mailbox");
    await page.context().close();
  });
});

describe("100 at once over HTTP", () => {
  it("end in one row and one mail", async () => {
    const body = () => form({ email: "crowd@example.org" });
    const since = new Date();
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(body())));
    expect(answers.filter(({ status }) => status !== 303 && status !== 503)).toEqual([]);
    // On a busy machine all may be asked to come again; one of them does.
    if (answers.every(({ status }) => status === 503))
      await expect.poll(async () => (await post(body())).status, { timeout: 60_000 }).toBe(303);
    const rows = await runSql<{ id: string }>(
      app.databaseUrl,
      "SELECT id FROM signature WHERE state = 'PENDING' AND submitted_at >= $1",
      [since],
    );
    expect(rows).toHaveLength(1);
    const mails = await runSql(
      app.databaseUrl,
      "SELECT 1 FROM mail m JOIN signature s ON m.mailbox_hash = s.mailbox_hash OR m.address_hash = s.address_hash WHERE s.id = $1",
      [rows[0]?.id],
    );
    expect(mails).toHaveLength(1);
  });
});

describe("a signing form", () => {
  it("loads little before somebody uses it, and then its country box and rules", async () => {
    // A browser that has been nowhere yet.
    const page = await (await browser.newContext()).newPage();
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() !== "script") return;
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    const loaded = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    await page.goto(`${app.url}${PATH}`, { waitUntil: "networkidle" });
    const before = await loaded();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(145_000);
    await countryBox(page);
    await expect.poll(loaded).toBeGreaterThan(before + 20_000);
    await page.context().close();
  });
});
