import { describe, expect, it } from "vitest";
import { deviceOf } from "@/lib/auth/device";
import { formatCode, readCode } from "@/lib/auth/recovery/rules";
import { sessionWorth } from "@/lib/auth/rules";

const NOW = new Date("2026-11-24T12:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const times = { createdAt: NOW, seenAt: NOW, expiresAt: later(720), mfaVerifiedAt: null };

describe("a session", () => {
  it.each([
    ["whole where no second factor is required and none is there", 0, false, null, "whole"],
    ["half where there is a passkey, also where none is required", 1, false, null, "half"],
    ["half where a passkey is required and still to be made", 0, true, null, "half"],
    ["half where a passkey is required and there", 2, true, null, "half"],
    ["whole once it is proved", 2, true, NOW, "whole"],
  ] as const)("is %s", (_, passkeys, required, mfaVerifiedAt, worth) => {
    expect(sessionWorth({ ...times, mfaVerifiedAt }, { passkeys, required }, later(1))).toBe(worth);
  });

  it("is worth nothing when it is over, has idled, or has waited too long for the mfa", () => {
    const verified = { ...times, mfaVerifiedAt: NOW };
    const given = { passkeys: 1, required: true };
    expect(sessionWorth({ ...verified, seenAt: later(719) }, given, later(720))).toBe("nothing");
    expect(sessionWorth(verified, given, later(30))).toBe("nothing");
    expect(sessionWorth({ ...verified, seenAt: later(1) }, given, later(30))).toBe("whole");
    expect(sessionWorth({ ...times, seenAt: later(14) }, given, later(15))).toBe("nothing");
  });
});

describe("a recovery code", () => {
  it("is four groups of four letters and digits that nobody mistakes, and is read as it was meant", () => {
    const code = formatCode(new Uint8Array(16).map((_, place) => place * 17));
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(readCode(` ${code.toLowerCase().replaceAll("-", " – ")} `)).toBe(code.replaceAll("-", ""));
    expect(readCode("OOOO-IIII-LLLL-0001")).toBe("0000111111110001");
  });

  it.each(["", "0000", "0000-0000-0000-000U", "0000-0000-0000-00000", "💥".repeat(16)])(
    "is not %j",
    (typed) => {
      expect(readCode(typed)).toBeNull();
    },
  );
});

describe("a device", () => {
  const APPLE = "AppleWebKit/537.36 (KHTML, like Gecko)";
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${APPLE} Chrome/150.0.0.0 Safari/537.36`,
      "Chrome",
      "Windows",
    ],
    [`Mozilla/5.0 (Windows NT 10.0) ${APPLE} Chrome/150.0 Safari/537.36 Edg/150.0`, "Edge", "Windows"],
    [
      `Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) ${APPLE} Version/19.0 Safari/604.1`,
      "Safari",
      "iOS",
    ],
    [`Mozilla/5.0 (Linux; Android 16) ${APPLE} Chrome/150.0 Mobile Safari/537.36`, "Chrome", "Android"],
    ["curl/8.0", null, null],
    [null, null, null],
  ])("says of %j browser and system", (header, browser, system) => {
    expect(deviceOf(header)).toEqual({ browser, system });
  });
});
