import { describe, expect, it } from "vitest";
import { type EvidenceFacts, evidenceOf } from "@/lib/moderation/evidence";

const at = new Date("2026-11-23T12:00:00Z");

const facts = (changes: Partial<EvidenceFacts> = {}): EvidenceFacts => ({
  kind: "ORGANISATION",
  verifiedAt: at,
  email: "robin@example.org",
  website: "https://www.example.org/about",
  orcid: null,
  listedAs: null,
  similar: [],
  sameMailbox: 0,
  rejected: [],
  ...changes,
});

const codes = (changes: Partial<EvidenceFacts>) => evidenceOf(facts(changes)).map(({ code }) => code);

describe("mail domain and website", () => {
  it.each([
    ["robin@example.org", "https://example.org/"],
    ["robin@mail.example.org", "https://www.example.org/"],
    ["robin@EXAMPLE.org", "http://example.org"],
    ["robin@news.example.co.uk", "https://example.co.uk/"],
    ["robin@bücher.example.de", "https://xn--bcher-kva.example.de/"],
    ["robin@xn--bcher-kva.de", "https://bücher.de/"],
  ])("%s matches %s", (email, website) => {
    expect(codes({ email, website })).toEqual(["verified", "domainMatches", "noneSimilar"]);
  });

  it.each([
    ["a lookalike with a Cyrillic letter", "robin@exаmple.org", "https://example.org/"],
    ["a lookalike with a digit", "robin@examp1e.org", "https://example.org/"],
    ["a longer name", "robin@my-example.org", "https://example.org/"],
    ["the name as a subdomain", "robin@example.org.evil.test", "https://example.org/"],
    ["another top", "robin@example.net", "https://example.org/"],
    ["a shared public suffix", "robin@other.co.uk", "https://example.co.uk/"],
    ["two tenants of one host", "robin@a.github.io", "https://b.github.io/"],
  ])("%s does not", (_, email, website) => {
    expect(codes({ email, website })).toEqual(["verified", "domainDiffers", "noneSimilar"]);
  });

  it("says that an address is at a free provider, also where it matches", () => {
    expect(codes({ email: "robin@gmail.com" })).toEqual([
      "verified",
      "domainDiffers",
      "freeMail",
      "noneSimilar",
    ]);
    expect(codes({ email: "robin@gmail.com", website: "https://gmail.com/" })).toContain("freeMail");
    expect(codes({ kind: "INDIVIDUAL", website: null, email: "robin@gmail.com" })).toContain("freeMail");
  });

  it("names an individual's domain", () => {
    const evidence = evidenceOf(facts({ kind: "INDIVIDUAL", website: null, email: "ada@uni.example.org" }));
    expect(evidence).toContainEqual({ code: "mailDomain", domain: "uni.example.org" });
  });
});

describe("others on the list", () => {
  const alike = { signatureId: "s1", name: "Example Trust", country: "GB" };

  it("names similar ones", () => {
    expect(evidenceOf(facts({ similar: [alike] }))).toContainEqual({ code: "similar", likenesses: [alike] });
  });

  it("names the one that holds the same name and country once", () => {
    expect(codes({ similar: [alike], listedAs: { signatureId: "s1" } })).toEqual([
      "verified",
      "domainMatches",
      "alreadyListed",
    ]);
  });

  it("counts other signatures of the same mailbox and offers the ORCID record", () => {
    expect(codes({ sameMailbox: 2, orcid: "0000-0002-1825-0097" })).toEqual([
      "verified",
      "domainMatches",
      "orcid",
      "noneSimilar",
      "sameMailbox",
    ]);
  });
});
