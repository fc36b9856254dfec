import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";
import { loadMessages, type MessageTree } from "@/lib/i18n/messages";
import { CONSENT_VERSION } from "@/lib/signatures/consent";

/** The texts that were consented to, by version. A text that was in use is never changed here: a new one is added. */
const TEXTS: Record<string, string> = {
  "2026-11-28.4": "13707415727d7e0641ce005b398100644ab586595ce96e489529bfea903722fc",
  "2026-11-28.3": "b22421957cacc15f6df7885d29f78fdea4adf1b9636a3b1ee1ca73c095482917",
  "2026-11-28.2": "a27796651938e491715761251ce180078648561af7450a73e9bf704497b43273",
  "2026-11-28": "6b63e41a8482b44e113bbec10ee498860f2fc0c09d955afb828db1e5a441d71c",
  "2026-11-27": "8fef2949177595b1c34928fee82566fe1e13c64aec0ed368d3975759109e2c82",
  "2026-11-23": "a9c0a3bfc095879852343c210c229d727b254ed70c5485429da16f42ccb41ec6",
};

/** What a visitor reads before ticking the box, in every language. */
function consentTexts(): string {
  const texts = LOCALES.map((locale) => {
    const { consent, fields } = loadMessages(locale).signing as { consent: MessageTree; fields: MessageTree };
    return [locale, consent, fields.consent];
  });
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex");
}

describe("the consent text", () => {
  it("has the version that signatures record", () => {
    expect(consentTexts(), "the text changed: give it a new CONSENT_VERSION, and add its hash").toBe(
      TEXTS[CONSENT_VERSION],
    );
  });
});
