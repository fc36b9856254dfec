import { describe, expect, it } from "vitest";
import { decrypt, encrypt } from "@/lib/encryption/encrypt";
import { keyedHash } from "@/lib/encryption/hash";
import { createDataKey, decryptDataKey, deploymentKey, deploymentKeyId } from "@/lib/encryption/keys";
import { opaqueName, readOpaqueName } from "@/lib/encryption/opaque";
import { randomBytes } from "@/lib/encryption/random";
import { createToken, hashToken, readToken } from "@/lib/encryption/tokens";
import { EncryptionError } from "@/lib/errors";

const TEXT = "Zoë Örnekoğlu <zoe@example.org> ئۇيغۇر";

describe("sealing", () => {
  it("opens what was encrypted, in any script", () => {
    const { key } = createDataKey("signature");
    expect(decrypt(key, "signature.address", encrypt(key, "signature.address", TEXT))).toBe(TEXT);
  });

  it("never makes the same ciphertext twice and never shows the text", () => {
    const { key } = createDataKey("signature");
    const [first, second] = [encrypt(key, "c", TEXT), encrypt(key, "c", TEXT)];
    expect(first).not.toBe(second);
    expect(first).not.toContain("zoe");
  });

  it("does not open under another key, in another context, or after tampering", () => {
    const { key } = createDataKey("signature");
    const encrypted = encrypt(key, "signature.address", TEXT);
    const [format, id, data = ""] = encrypted.split(".");
    const flipped = `${data.slice(0, 40)}${data[40] === "A" ? "B" : "A"}${data.slice(41)}`;
    expect(() => decrypt(createDataKey("signature").key, "signature.address", encrypted)).toThrow(
      EncryptionError,
    );
    expect(() => decrypt(key, "signature.comment", encrypted)).toThrow(EncryptionError);
    expect(() => decrypt(key, "signature.address", `${format}.${id}.${flipped}`)).toThrow(EncryptionError);
    expect(() => decrypt(key, "signature.address", "garbage")).toThrow(EncryptionError);
  });

  it("says which key made it", () => {
    expect(encrypt(deploymentKey(), "c", TEXT).split(".")[1]).toBe(deploymentKeyId());
  });
});

describe("an opaque name", () => {
  it("is read again, is the same for the same text, and shows nothing of it", () => {
    const name = opaqueName("list-cursor", TEXT);
    expect(readOpaqueName("list-cursor", name)).toBe(TEXT);
    expect(opaqueName("list-cursor", TEXT)).toBe(name);
    expect(Buffer.from(name, "base64url").toString("latin1")).not.toContain("zoe");
    expect(opaqueName("list-cursor", `${TEXT}x`).slice(0, 8)).not.toBe(name.slice(0, 8));
  });

  it("is not read in another context, after tampering, or where it is none", () => {
    const name = opaqueName("list-cursor", TEXT);
    const flipped = `${name[0] === "A" ? "B" : "A"}${name.slice(1)}`;
    expect(readOpaqueName("elsewhere", name)).toBeNull();
    for (const other of [flipped, name.slice(2), "", "x", "é"])
      expect(readOpaqueName("list-cursor", other)).toBeNull();
  });
});

describe("a signature's data key", () => {
  it("is unwrapped for its own signature only", () => {
    const { key, wrapped } = createDataKey("one");
    expect(decryptDataKey("one", wrapped)).toEqual(key);
    expect(() => decryptDataKey("another", wrapped)).toThrow(EncryptionError);
  });
});

describe("keyed hashes", () => {
  it("are the same for the same parts, and apart for other purposes and other cuts", () => {
    expect(keyedHash("address-1", "a", "b")).toBe(keyedHash("address-1", "a", "b"));
    expect(keyedHash("address-1", "ab", "")).not.toBe(keyedHash("address-1", "a", "b"));
    expect(keyedHash("address-1", "a")).not.toBe(keyedHash("claim-1", "a"));
  });

  it("name their key and purpose", () => {
    expect(keyedHash("address-1", "a")).toMatch(
      new RegExp(`^${deploymentKeyId()}\\.address-1\\.[\\w-]{43}$`),
    );
  });
});

describe("tokens", () => {
  it("are short, in lower case, and found by their hash", () => {
    const { token, hash } = createToken();
    expect(token).toMatch(/^[0-9a-z]{25}$/);
    expect(hashToken(token)).toBe(hash);
    expect(hash).not.toContain(token);
  });

  it("have 128 random bits", () => {
    const numbers = Array.from({ length: 4_000 }, () =>
      [...createToken().token].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
    for (let bit = 0n; bit < 128n; bit += 1n) {
      const set = numbers.filter((number) => (number >> bit) & 1n).length;
      // Eight standard deviations: chance does not reach them.
      expect([bit, Math.abs(set - 2_000) < 256]).toEqual([bit, true]);
    }
    expect(numbers.every((number) => number < 1n << 128n)).toBe(true);
  });

  it("are read out of a damaged link where they are whole, old ones too", () => {
    const { token } = createToken();
    for (const text of [token, `${token}.`, `${token})`, `<${token}>`, `${token}\u200b`, ` ${token}\ufeff`])
      expect(readToken(text)).toBe(token);
    expect(readToken(token.toUpperCase())).toBe(token);
    expect(readToken(`${token.slice(0, 9)}=\r\n${token.slice(9)}`)).toBe(token);
    for (const text of [token.slice(0, -1), `${token}a`, "", "ä".repeat(25), "_".repeat(25)])
      expect(readToken(text)).toBeNull();
    const old = "aB-_".repeat(10).concat("xYz");
    expect(readToken(`${old}).`)).toBe(old);
  });
});

describe("random bytes", () => {
  it("are never the same twice, never zeros, and as many as asked for", () => {
    const seen = new Set<string>();
    for (let time = 0; time < 2_000; time++) {
      const bytes = randomBytes(24);
      expect(bytes).toHaveLength(24);
      expect(bytes.filter((byte) => byte === 0).length).toBeLessThan(6);
      seen.add(Buffer.from(bytes).toString("hex"));
    }
    expect(seen.size).toBe(2_000);
  });
});
