import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isOwnOrigin } from "@/lib/http/origin";
import { dropDistrusted, keptPolicy, pagePolicy } from "@/server/headers";
import { routeOf } from "@/server/route";
import { hashScripts, withoutScripts } from "@/server/scripts";

const TOKEN = "0123456789abcdefghijklmno";

describe("routes", () => {
  it.each([
    ["GET", "/", { kind: "document", url: "/en", line: "shared" }],
    ["GET", "/ar", { kind: "document", url: "/ar", line: "shared" }],
    ["HEAD", "/letters/uyghurs", { kind: "document", url: "/en/letters/uyghurs", line: "shared" }],
    ["GET", "/letters/uyghurs/?utm=x", { kind: "document", url: "/en/letters/uyghurs", line: "shared" }],
    ["GET", "/letters/%75yghurs", { kind: "document", url: "/en/letters/uyghurs", line: "shared" }],
    ["GET", "/en/letters/uyghurs?a=1", { kind: "redirect", to: "/letters/uyghurs?a=1" }],
    ["GET", "/en//evil.test/", { kind: "redirect", to: "/evil.test/" }],
    [
      "GET",
      "/letters/u/sign?utm=x&as=organisation&as=%00",
      { kind: "kept", url: "/en/letters/u/sign?as=organisation", scripts: true, restorable: true },
    ],
    [
      "GET",
      "/letters/u/sign?as=somebody",
      { kind: "kept", url: "/en/letters/u/sign", scripts: true, restorable: true },
    ],
    [
      "GET",
      "/ar/admin/sign-in?failed=1&first=Ada",
      { kind: "kept", url: "/ar/admin/sign-in?failed=1", scripts: true, restorable: false },
    ],
    [
      "POST",
      "/letters/u/sign?as=organisation",
      { kind: "submit", url: "/en/letters/u/sign/submit?as=organisation" },
    ],
    ["POST", "/ar/letters/u/sign", { kind: "submit", url: "/ar/letters/u/sign/submit" }],
    [
      "GET",
      `/ar/signatures/${TOKEN}/confirm?changed=1`,
      { kind: "link", url: `/ar/signatures/${TOKEN}/confirm?changed=1`, token: TOKEN },
    ],
    [
      "GET",
      `/signatures/${TOKEN}/confirm?sent=1&x=Ada`,
      { kind: "kept", url: "/en/signatures?sent=1", scripts: true, restorable: false },
    ],
    ["GET", "/AR/letters/u?a=1", { kind: "redirect", to: "/ar/letters/u?a=1" }],
    ["GET", "/admin/team?x=1", { kind: "page", url: "/en/admin/team?x=1" }],
    ["GET", "/api/v1/letters/u", { kind: "document", url: "/api/v1/letters/u", line: "shared" }],
    ["POST", "/letters/u", { kind: "not-allowed" }],
    ["POST", "/nothing", { kind: "not-allowed" }],
    ["OPTIONS", "/letters/uyghurs", { kind: "not-allowed" }],
    ["OPTIONS", "/api/../ar/letters/u/sign", { kind: "not-allowed" }],
    ["OPTIONS", "/en/letters/uyghurs", { kind: "not-allowed" }],
    ["OPTIONS", "/_next/static/x.js", { kind: "not-allowed" }],
    ["OPTIONS", "/api/v1/letters/u", { kind: "endpoint", url: "/api/v1/letters/u" }],
    ["POST", "/ar/admin/signatures/1", { kind: "submit", url: "/ar/admin/signatures/1/submit" }],
    [
      "GET",
      "/api/v1/letters/u/signatories?x=1&q=a",
      { kind: "document", url: "/api/v1/letters/u/signatories?q=a", line: "search" },
    ],
    ["GET", "/_next/image?url=x", { kind: "page", url: "/en/_next/image?url=x" }],
    ["GET", "/foo/../_next/static/x.js", { kind: "page", url: "/en/_next/static/x.js" }],
    ["POST", "/api/v1/letters/u", { kind: "endpoint", url: "/api/v1/letters/u" }],
    ["POST", "/api/webhooks/resend", { kind: "endpoint", url: "/api/webhooks/resend" }],
    ["GET", "/api/health", { kind: "endpoint", url: "/api/health" }],
    ["GET", "/_next/static/x.js", { kind: "asset" }],
  ])("%s %s", (method, target, route) => {
    expect(routeOf(method, target)).toEqual(route);
  });

  it("gives one name to all spellings of a list's page, and heeds nothing else", () => {
    const url = "/en/letters/u/signatories?kind=individual&q=a+b&page=2";
    expect(routeOf("GET", "/letters/u/signatories?page=2&x=1&q=%20a%20b&kind=individual")).toEqual({
      kind: "document",
      url,
      line: "search",
    });
    expect(routeOf("GET", "/letters/u/signatories?page=2")).toMatchObject({ line: "list" });
    expect(routeOf("GET", "/letters/u/signatories?q=&page=")).toMatchObject({
      url: "/en/letters/u/signatories",
    });
  });
});

describe("long targets", () => {
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const time = (target: string) => {
    const begun = performance.now();
    routeOf("GET", target);
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

  it("are taken out of documents, whatever they hold", () => {
    const html = `<head><link rel="preload" as="script" href="/a.js"/><link rel="stylesheet" href="/a.css"/><script src="/a.js"></script></head><p>&lt;script&gt;</p><script nonce="">if (1 < 2) "<p>"</script><p>end</p>`;
    expect(withoutScripts(html)).toBe(
      `<head><link rel="stylesheet" href="/a.css"/></head><p>&lt;script&gt;</p><p>end</p>`,
    );
  });
});
