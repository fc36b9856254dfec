import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnv } from "@/lib/env";

const COMPLETE = {
  DATABASE_URL: "postgresql://app:secret@db.example.org/undersigned",
  PUBLIC_URL: "https://letters.example.org/",
  ENCRYPTION_KEY: "dGVzdHMgdXNlIHRoaXMga2V5IGFuZCBubyBvdGhlciE=",
  MAIL_FROM: "Letters <letters@example.org>",
  TRUSTED_PROXIES: "none",
  RESEND_API_KEY: "re_123",
};

describe("the configuration", () => {
  it("is read whole", () => {
    const env = readEnv({ ...COMPLETE, ADMIN_EMAILS: "a@example.org, b@example.org" });
    expect(env).toMatchObject({
      publicUrl: "https://letters.example.org",
      port: 3000,
      resendApiKey: "re_123",
    });
    expect(env.adminEmails).toEqual(["a@example.org", "b@example.org"]);
    expect(env.encryptionKey).toHaveLength(32);
  });

  it("names everything that is missing at once", () => {
    const names = ["DATABASE_URL", "PUBLIC_URL", "ENCRYPTION_KEY", "MAIL_FROM", "RESEND_API_KEY or SMTP_URL"];
    for (const name of names) expect(() => readEnv({})).toThrow(name);
  });

  it.each([
    ["DATABASE_URL", "mysql://x/y"],
    ["PUBLIC_URL", "letters.example.org"],
    ["PUBLIC_URL", "javascript://x"],
    ["ENCRYPTION_KEY", "short"],
    ["MAIL_FROM", "nobody"],
    ["MAIL_FROM", "a@b.c\r\nBcc: x@y.z"],
    ["PUBLIC_URL", "https://letters.example.org/path"],
    ["PUBLIC_URL", "https://user:pass@letters.example.org"],
    ["ADMIN_EMAILS", "a@example.org; nobody"],
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["SMTP_URL", "http://mail"],
    ["TRUSTED_PROXIES", "proxy.example.org"],
    ["TRUSTED_PROXIES", "none, 127.0.0.1"],
  ])("refuses %s=%s and names it", (name, value) => {
    expect(() => readEnv({ ...COMPLETE, [name]: value })).toThrow(name);
  });

  it("names the shared folder as an absolute path, whether it was set or not", () => {
    expect(readEnv(COMPLETE).stateDir).toBe(resolve(".data/state"));
    expect(readEnv({ ...COMPLETE, STATE_DIR: "/var/lib/letters" }).stateDir).toBe("/var/lib/letters");
  });

  it("wants to know the proxies of a site on https, and takes none for an answer", () => {
    const without = { ...COMPLETE, TRUSTED_PROXIES: "" };
    expect(() => readEnv(without)).toThrow(/TRUSTED_PROXIES: is missing. .*none/);
    expect(() => readEnv({ ...without, PUBLIC_URL: "HTTPS://letters.example.org" })).toThrow(
      "TRUSTED_PROXIES",
    );
    expect(readEnv({ ...without, PUBLIC_URL: "http://localhost:3000" }).trustedProxies).toEqual([]);
    expect(readEnv(COMPLETE).trustedProxies).toEqual([]);
    const named = readEnv({ ...COMPLETE, TRUSTED_PROXIES: "loopback, 10.0.0.0/8" });
    expect(named.trustedProxies).toEqual(["loopback", "10.0.0.0/8"]);
  });

  it("takes an empty variable for a missing one, and never repeats a secret", () => {
    expect(() => readEnv({ ...COMPLETE, DATABASE_URL: " " })).toThrow("DATABASE_URL: is missing");
    try {
      readEnv({ ...COMPLETE, ENCRYPTION_KEY: "hunter2" });
    } catch (error) {
      expect(String(error)).not.toContain("hunter2");
    }
  });
});
