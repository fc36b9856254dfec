import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isOwnOrigin } from "@/lib/http/origin";
import { dropDistrusted, keptPolicy, pagePolicy } from "@/server/headers";
import { matcher } from "@/server/match";
import { hashScripts, scriptsAfterPaint, withoutScripts } from "@/server/scripts";

const TOKEN = "0123456789abcdefghijklmno";

const match = matcher();

/** What a line of the table makes of a request. */
const route = (kind: string, url: string, line: string, pattern = expect.any(String)) => ({
  is: "route",
  route: { kind, line, pattern },
  url,
});
const redirect = (to: string) => ({ is: "redirect", to });
const refused = (refusal: string, methods?: string[]) => ({
  is: "refused",
  refusal,
  ...(methods && { methods }),
});

describe("routes", () => {
  it.each([
    ["GET", "/", route("document", "/en", "shared")],
    ["GET", "/ar", route("document", "/ar", "shared")],
    ["HEAD", "/letters/uyghurs", route("document", "/en/letters/uyghurs", "shared")],
    ["GET", "/letters/uyghurs/?utm=x", route("document", "/en/letters/uyghurs", "shared")],
    ["GET", "/letters/%75yghurs", route("document", "/en/letters/uyghurs", "shared")],
    ["GET", "/en/letters/uyghurs?a=1", redirect("/letters/uyghurs?a=1")],
    ["GET", "/en//evil.test/", redirect("/evil.test/")],
    ["GET", "/letters/Uyghurs", redirect("/letters/uyghurs")],
    ["GET", "/letters/uyghurs%29.", redirect("/letters/uyghurs")],
    [
      "GET",
      "/ar/letters/uyghurs/signatories),?kind=expert",
      redirect("/ar/letters/uyghurs/signatories?kind=expert"),
    ],
    ["GET", "/Letters/uyghurs%E2%80%8B", redirect("/letters/uyghurs")],
    ["GET", "/letters/uyghurs/nothing.", refused("not-found")],
    [
      "GET",
      "/letters/uyghurs/signatories/AbCdEfGhIjKlMnOpQrStUv/objection",
      route("page", "/en/letters/uyghurs/signatories/AbCdEfGhIjKlMnOpQrStUv/objection", "link"),
    ],
    ["GET", "/letters/%", route("document", "/en/letters/%", "shared")],
    ["GET", "/letters/u/../../evil.test.", refused("not-found")],
    ["GET", "/AR/letters/u?a=1", redirect("/ar/letters/u?a=1")],
    [
      "GET",
      "/letters/u/sign?utm=x&as=organisation&as=%00",
      route("shell", "/en/letters/u/sign?as=organisation", "shared"),
    ],
    ["GET", "/letters/u/sign?as=somebody", route("shell", "/en/letters/u/sign", "shared")],
    ["GET", "/ar/admin/sign-in?failed=1&first=Ada", route("shell", "/ar/admin/sign-in?failed=1", "shared")],
    [
      "POST",
      "/letters/u/sign?as=organisation",
      route("form", "/en/letters/u/sign/submit?as=organisation", "submission"),
    ],
    ["POST", "/ar/letters/u/sign", route("form", "/ar/letters/u/sign/submit", "submission")],
    [
      "POST",
      "/ar/admin/letters/a/signatures/1",
      route("form", "/ar/admin/letters/a/signatures/1/submit", "submission"),
    ],
    ["GET", "/ar/admin/sessions?done=x", { is: "redirect", to: "/ar/admin/account?done=x" }],
    [
      "GET",
      `/ar/signatures/${TOKEN}/confirm?changed=1`,
      { ...route("page", `/ar/signatures/${TOKEN}/confirm?changed=1`, "link"), parameters: { token: TOKEN } },
    ],
    ["GET", `/signatures/${TOKEN}/confirm?sent=1&x=Ada`, route("shell", "/en/signatures?sent=1", "shared")],
    ["GET", "/admin/team?x=1", route("page", "/en/admin/team?x=1", "page")],
    ["GET", "/api/v1/letters/u", route("json", "/api/v1/letters/u", "shared")],
    [
      "GET",
      "/api/v1/letters/u/signatories?x=1&q=a",
      route("json", "/api/v1/letters/u/signatories?q=a", "search"),
    ],
    ["GET", "/api/health", route("json", "/api/health", "operations")],
    ["POST", "/api/webhooks/resend", route("json", "/api/webhooks/resend", "endpoint")],
    ["POST", "/api/v1/letters/u", refused("no-form", ["GET"])],
    ["GET", "/api/webhooks/resend", refused("no-form", ["POST"])],
    ["POST", "/letters/u", refused("no-form", ["GET"])],
    ["DELETE", "/letters/u/sign", refused("no-form", ["GET", "POST"])],
    ["POST", "/nothing", refused("no-form", [])],
    ["OPTIONS", "/letters/uyghurs", refused("no-form")],
    ["OPTIONS", "/api/../ar/letters/u/sign", refused("no-form")],
    ["OPTIONS", "/en/letters/uyghurs", refused("no-form")],
    ["OPTIONS", "/_next/static/x.js", refused("no-form")],
    ["OPTIONS", "/api/v1/letters/u", { is: "preflight", methods: ["GET"] }],
    ["GET", "/_next/static/x.js", { is: "asset" }],
    ["GET", "/_next/image?url=x", refused("not-found")],
    ["GET", "/foo/../_next/static/x.js", refused("not-found")],
    ["GET", "/nothing/here", refused("not-found")],
    ["GET", "/[...rest]", refused("not-found")],
    ["GET", "/admin/sign-out", refused("not-found")],
    ["GET", "/admin/signatures/submit", refused("not-found")],
    ["GET", "/letters/u/sign/submit", refused("not-found")],
    ["GET", "/api/nothing", { is: "nothing" }],
    ["POST", "/api/nothing", { is: "nothing" }],
  ])("%s %s", (method, target, expected) => {
    expect(match(method, target)).toMatchObject(expected);
  });

  it("gives one name to all spellings of a list's page, and heeds nothing else", () => {
    const url = "/en/letters/u/signatories?kind=individual&q=a+b&page=2";
    expect(match("GET", "/letters/u/signatories?page=2&x=1&q=%20a%20b&kind=individual")).toMatchObject(
      route("document", url, "search"),
    );
    expect(match("GET", "/letters/u/signatories?page=2")).toMatchObject({ route: { line: "list" } });
    expect(match("GET", "/letters/u/signatories?q=&page=")).toMatchObject({
      url: "/en/letters/u/signatories",
    });
  });
});

describe("long targets", () => {
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const time = (target: string) => {
    const begun = performance.now();
    match("GET", target);
    return performance.now() - begun;
  };

  it.each(["/", "a/", "%2F", "&a", ";"])("made of %j cost no more than others of their length", (part) => {
    const letters = `/${"a".repeat(15_000)}x`;
    // Not with two slashes at its beginning, which would name a host.
    const parts = `/a${part.repeat(15_000 / part.length)}x`;
    const rounds = Array.from({ length: 9 }, () => [time(parts), time(letters)] as const);
    const ratio = median(rounds.map(([one]) => one)) / median(rounds.map(([, other]) => other));
    // Looking again from each of them would make it several thousand.
    expect(ratio).toBeLessThan(200);
  });
});

describe("origins", () => {
  const site = "https://letters.example.org";
  const local = "http://localhost:3000";
  it.each([
    [site, "https://letters.example.org", true],
    [site, "http://letters.example.org", false],
    [site, "http://localhost:3000", false],
    [site, undefined, false],
    [site, "null", false],
    [site, "", false],
    [site, "https://evil.test", false],
    [site, "https://letters.example.org.evil.test", false],
    [site, "https://evil.test/https://letters.example.org", false],
    [site, "https://letters.example.org/", false],
    [site, "file://", false],
    [site, "not an origin", false],
    [local, "http://localhost:3000", true],
    [local, "http://127.0.0.1:3000", true],
    [local, "http://[::1]:3000", true],
    [local, "http://127.0.0.1:3001", false],
    [local, "https://localhost:3000", false],
    [local, "http://evil.test:3000", false],
  ])("of %s: %s", (publicUrl, origin, own) => {
    expect(isOwnOrigin(origin, publicUrl)).toBe(own);
  });
});

describe("headers of a request", () => {
  it("are believed only where a browser sets them", () => {
    const headers = {
      host: "a",
      "x-forwarded-host": "b",
      "next-action": "c",
      rsc: "1",
      "content-security-policy": "d",
      cookie: "e",
    };
    dropDistrusted(headers);
    expect(headers).toEqual({ host: "a", cookie: "e" });
  });
});

describe("policies and scripts", () => {
  it("let only scripts with the nonce run", () => {
    expect(pagePolicy("abc")).toContain("script-src 'nonce-abc' 'strict-dynamic';");
    expect(pagePolicy("abc")).not.toContain("unsafe");
  });

  it("keep their places in a page that is kept only where Next wrote them", () => {
    const own = 'self.x("n0nce")';
    const html = `<script src="/a.js" async="" nonce="n0nce"></script><p>&lt;script nonce="n0nce"&gt;</p><script nonce="n0nce" id="_R_">${own}</script><script>evil()</script><script nonce="other">evil()</script>`;
    const hashed = hashScripts(html, "n0nce");
    const hash = createHash("sha256").update('self.x("")').digest("base64");
    expect(hashed.sources).toEqual([`'sha256-${hash}'`]);
    expect(hashed.html).toBe(html.replaceAll("n0nce", ""));
    expect(keptPolicy(hashed.sources)).toContain(`script-src 'self' 'sha256-${hash}'; `);
  });

  it("of a page that is kept come once it is painted, and of Next alone", () => {
    const early = '<link rel="preload" as="script" href="/a.js"/>';
    const file = (name: string, nonce: string) =>
      `<script src="/${name}.js" async="" nonce="${nonce}"></script>`;
    const html = `<head>${early}${file("a", "n0nce")}${file("evil", "other")}</head><body><p>$&</p>${file("b", "n0nce")}</body>`;
    const [page = "", asked = ""] = scriptsAfterPaint(html, "n0nce").split('<script nonce="n0nce">');
    expect(page).toBe(`<head>${file("evil", "other")}</head><body><p>$&</p>`);
    expect(asked).toContain('(["/a.js","/b.js"])</script></body>');
  });

  it("are taken out of documents, whatever they hold", () => {
    const html = `<head><link rel="preload" as="script" href="/a.js"/><link rel="stylesheet" href="/a.css"/><script src="/a.js"></script></head><p>&lt;script&gt;</p><script nonce="">if (1 < 2) "<p>"</script><p>end</p>`;
    expect(withoutScripts(html)).toBe(
      `<head><link rel="stylesheet" href="/a.css"/></head><p>&lt;script&gt;</p><p>end</p>`,
    );
  });
});
