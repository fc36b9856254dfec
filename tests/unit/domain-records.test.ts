import { describe, expect, it } from "vitest";
import { type AskTxt, lookUpRecords, type Sending } from "@/lib/mail/domain-records";

const SENDING: Sending = {
  domain: "example.org",
  spfAt: "example.org",
  spf: "include:amazonses.com",
  dkim: "resend",
};

/** Name servers that know some records, and fail for others. */
const servers =
  (records: Record<string, string[] | string>): AskTxt =>
  async (name) => {
    const known = records[name] ?? "ENODATA";
    if (typeof known === "string") throw Object.assign(new Error(known), { code: known });
    return known.map((record) => record.match(/.{1,255}/gs) ?? []);
  };

async function states(records: Record<string, string[] | string>, sending = SENDING) {
  const results = await lookUpRecords(sending, servers(records));
  return Object.fromEntries(results.map(({ kind, state, add }) => [kind, add ? [state, add] : [state]]));
}

const KEY = `p=${"MIGf".repeat(80)}`;

describe("the records of a sending domain", () => {
  it("are present where receivers find what they need", async () => {
    expect(
      await states({
        "example.org": [
          "google-site-verification=x",
          "v=spf1 include:_spf.example.net +include:amazonses.com ~all",
        ],
        "resend._domainkey.example.org": [KEY],
        "_dmarc.example.org": ["v=DMARC1; p=quarantine; rua=mailto:a@example.org"],
      }),
    ).toEqual({ spf: ["present"], dkim: ["present"], dmarc: ["present"] });
  });

  it("are missing where there are none, and say what to add", async () => {
    const missing = {
      spf: ["missing", "v=spf1 include:amazonses.com ~all"],
      dkim: ["missing"],
      dmarc: ["missing", "v=DMARC1; p=none;"],
    };
    expect(await states({})).toEqual(missing);
    expect(await states({ "example.org": "ENOTFOUND" })).toEqual(missing);
    expect(await states({ "example.org": ["something else"] })).toEqual(missing);
  });

  it("are wrong where they allow somebody else, and say how to change them", async () => {
    expect(
      await states({
        "example.org": ["v=spf1 mx -all"],
        "resend._domainkey.example.org": ["v=DKIM1; p="],
        "_dmarc.example.org": ["v=DMARC1; rua=mailto:a@example.org"],
      }),
    ).toEqual({
      spf: ["wrong", "v=spf1 mx include:amazonses.com -all"],
      dkim: ["wrong"],
      dmarc: ["wrong", "v=DMARC1; p=none;"],
    });
    expect((await states({ "example.org": ["v=spf1 redirect=_spf.example.net"] })).spf).toEqual([
      "wrong",
      "v=spf1 redirect=_spf.example.net include:amazonses.com",
    ]);
  });

  it("are several where only one may be", async () => {
    const twice = await states({
      "example.org": ["v=spf1 mx -all", "v=spf1 a -all"],
      "_dmarc.example.org": ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
    });
    expect([twice.spf, twice.dmarc]).toEqual([["several"], ["several"]]);
  });

  it.each(["ETIMEOUT", "ESERVFAIL", "ECONNREFUSED", "EREFUSED"])(
    "are unknown where nobody answers: %s",
    async (code) => {
      const nobody = {
        "example.org": code,
        "resend._domainkey.example.org": code,
        "_dmarc.example.org": code,
      };
      expect(await states(nobody)).toEqual({ spf: ["unknown"], dkim: ["unknown"], dmarc: ["unknown"] });
    },
  );

  it("are those of the domain above, where a subdomain has no policy of its own", async () => {
    const sending = { ...SENDING, domain: "letters.example.org", spfAt: "send.letters.example.org" };
    const above = { "_dmarc.example.org": ["v=DMARC1; p=reject"] };
    expect(await states(above, sending)).toMatchObject({
      dmarc: ["present"],
      spf: ["missing", expect.any(String)],
    });
    const results = await lookUpRecords(sending, servers({}));
    expect(results.map(({ name }) => name)).toEqual([
      "send.letters.example.org",
      "resend._domainkey.letters.example.org",
      "_dmarc.letters.example.org",
    ]);
  });

  it("are unknown where an answer takes too long, and nobody waits for it", async () => {
    const results = await lookUpRecords(SENDING, () => new Promise(() => undefined), 50);
    expect(results.map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown"]);
  });

  it("of a mail server that we know nothing about are looked for, and the key is not", async () => {
    const own = { domain: "example.org", spfAt: "example.org", spf: null, dkim: null };
    expect(await states({ "example.org": ["v=spf1 mx -all"] }, own)).toMatchObject({
      spf: ["present"],
      dkim: ["unknown"],
    });
    expect((await states({}, own)).spf).toEqual(["missing"]);
  });
});
