import { describe, expect, it } from "vitest";
import { parseReason, parseSeen } from "@/lib/moderation/schemas";
import { parseCorrection } from "@/lib/signatures/correction";

describe("what a moderator's form says", () => {
  it("names the state and revision that the page showed", () => {
    expect(parseSeen("id", { state: "VERIFIED", revision: "3" })).toEqual({
      signatureId: "id",
      state: "VERIFIED",
      revision: 3,
    });
    for (const values of [
      {},
      { state: "verified", revision: "3" },
      { state: "VERIFIED", revision: "3.5" },
      { state: "VERIFIED" },
    ]) {
      expect(parseSeen("id", values as Record<string, string>)).toEqual({
        signatureId: "id",
        state: "PENDING",
        revision: 0,
      });
    }
  });

  it("gives a reason, cleaned", () => {
    expect(parseReason({ reason: " one\r\ntwo " })).toEqual({ ok: true, data: { reason: "one\ntwo" } });
    expect(parseReason({})).toEqual({ ok: false, errors: { reason: ["required"] } });
    expect(parseReason({ reason: " \n " })).toEqual({ ok: false, errors: { reason: ["required"] } });
    expect(parseReason({ reason: "x".repeat(1_001) })).toEqual({
      ok: false,
      errors: { reason: ["tooLong:1000"] },
    });
    expect(parseReason({ reason: "a\u202Eb" })).toEqual({ ok: true, data: { reason: "ab" } });
    expect(parseReason({ reason: "a\u{E0041}b" })).toEqual({ ok: false, errors: { reason: ["characters"] } });
  });

  it("corrects an individual or an organisation by the rules of the signing form", () => {
    const person = {
      fullName: " Ada  Exampleton ",
      country: "GB",
      title: "",
      position: "Reader",
      affiliation: "",
    };
    expect(parseCorrection({ ...person, email: "kept@example.org" }, "moderator")).toEqual({
      ok: true,
      data: {
        kind: "INDIVIDUAL",
        country: "GB",
        fields: { name: "Ada Exampleton", title: null, position: "Reader", affiliation: null },
      },
    });
    const party = { organisationName: "Example Trust", website: "example.org", country: "FR" };
    expect(parseCorrection(party, "moderator")).toMatchObject({
      ok: true,
      data: {
        kind: "ORGANISATION",
        fields: { name: "Example Trust", website: "https://example.org/" },
      },
    });
  });

  it("lets signatories alone correct who signed for an organisation, and an ORCID iD", () => {
    const fieldsOf = (values: Record<string, string>, by: "moderator" | "signatory") => {
      const parsed = parseCorrection(values, by);
      return parsed.ok ? parsed.data.fields : parsed.errors;
    };
    const party = { organisationName: "Example Trust", website: "", country: "FR" };
    const signed = {
      representativeName: "Robin Muster",
      representativeRole: "Director",
      representativePublic: "on",
    };
    expect(fieldsOf({ ...party, ...signed }, "signatory")).toMatchObject({
      representativeName: "Robin Muster",
      representativePublic: true,
    });
    expect(fieldsOf({ ...party, ...signed }, "moderator")).toEqual({ name: "Example Trust", website: null });
    const person = { fullName: "Ada Exampleton", country: "GB", orcid: "0000-0002-1825-0097" };
    expect(fieldsOf(person, "signatory")).toHaveProperty("orcid");
    expect(fieldsOf(person, "moderator")).not.toHaveProperty("orcid");
  });

  it("tells everything that is wrong, by field", () => {
    const wrong = parseCorrection(
      { organisationName: "", website: "javascript:alert(1)", country: "XX" },
      "moderator",
    );
    expect(wrong).toMatchObject({ ok: false });
    expect(Object.keys(wrong.ok ? {} : wrong.errors)).toEqual(["organisationName", "website", "country"]);
  });
});
