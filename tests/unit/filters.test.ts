import { describe, expect, it } from "vitest";
import { isNarrowed, isQueue, onlyMarkedLater, wholeView } from "@/lib/moderation/filters/rules";
import { filterQuery, readFilters } from "@/lib/moderation/filters/schemas";

const LETTER = "0197a3c0-0000-7000-8000-000000000001";
const read = (query: string) => readFilters(new URLSearchParams(query), LETTER, ["VERIFIED"]);
const errorsOf = (values: Record<string, string>) => read(`${new URLSearchParams(values)}`).errors;

describe("the filters of the queue", () => {
  it("are read from an address, each of them", () => {
    const query = new URLSearchParams([
      ["state", "pending"],
      ["state", "hold"],
      ["domains", " Example.org, bot@BÜCHER.example\n\nexample.org"],
      ["networks", "3f9a0-1bc22 ABCDEF0123"],
      ["from", "2026-11-20T08:30"],
      ["until", "2026-11-21T08:30:59"],
      ["flag", "burst"],
      ["hold", "unchecked"],
      ["text", "  Ada   Example "],
    ]);
    const filters = {
      letterId: LETTER,
      views: ["HOLD", "PENDING"],
      domains: ["example.org", "xn--bcher-kva.example"],
      networks: ["3F9A01BC22", "ABCDEF0123"],
      from: "2026-11-20T08:30:00.000Z",
      until: "2026-11-21T08:30:00.000Z",
      flags: ["burst"],
      holds: ["UNCHECKED"],
      text: "Ada Example",
    };
    expect(read(`${query}`)).toEqual({ filters, errors: {} });
    const again = read(`${filterQuery(read(`${query}`).filters)}`);
    expect(again).toEqual({ filters, errors: {} });
    expect(`${filterQuery(again.filters)}`).not.toMatch(/%0[0-9A-F]/i);
  });

  it("are none where nothing is asked for", () => {
    expect(read("")).toEqual({ filters: { ...wholeView("VERIFIED"), letterId: LETTER }, errors: {} });
    expect(isNarrowed(read("state=approved&text=%20").filters)).toBe(false);
    const single = ["text=x", "domains=a.example", "networks=3F9A01BC22", "from=2026-11-20T08:30"];
    for (const query of [...single, "until=2026-11-20T08:30", "flag=watched", "hold=blocked"])
      expect(isNarrowed(read(query).filters), query).toBe(true);
  });

  it("say what is malformed, and keep the rest", () => {
    expect(errorsOf({ domains: "localhost" })).toEqual({ domains: ["format"] });
    expect(errorsOf({ domains: "*.example.org" })).toEqual({ domains: ["format"] });
    const many = Array.from({ length: 51 }, (_, place) => `d${place}.example`).join(" ");
    expect(errorsOf({ domains: many })).toEqual({ domains: ["tooMany"] });
    expect(errorsOf({ networks: "192.0.2.1" })).toEqual({ networks: ["format"] });
    expect(errorsOf({ from: "yesterday" })).toEqual({ from: ["format"] });
    expect(errorsOf({ until: "2026-13-41T99:99" })).toEqual({ until: ["format"] });
    expect(errorsOf({ from: "2026-11-20T08:30", until: "2026-11-20T08:30" })).toEqual({ until: ["order"] });
    expect(errorsOf({ text: "x".repeat(201) })).toEqual({ text: ["tooLong:200"] });
    expect(read("state=verified&state=x&flag=burst&flag=x&hold=x")).toMatchObject({
      filters: { views: ["VERIFIED"], flags: ["burst"], holds: [] },
      errors: { state: ["unknown"], flag: ["unknown"], hold: ["unknown"] },
    });
    expect(read("networks=no&domains=example.org")).toMatchObject({
      filters: { networks: [], domains: ["example.org"] },
      errors: { networks: ["format"] },
    });
  });

  it("are a queue to work through where all of it waits", () => {
    expect(isQueue(wholeView("VERIFIED", "HOLD"))).toBe(true);
    for (const filters of [wholeView("VERIFIED", "APPROVED"), wholeView("PENDING"), wholeView()])
      expect(isQueue(filters)).toBe(false);
  });

  it("can ask unconfirmed signatures for warnings that nothing gives them yet", () => {
    const asks = (query: string) => onlyMarkedLater(read(`state=pending&${query}`).filters);
    expect(asks("flag=watched&flag=freeMail")).toBe(true);
    expect(asks("flag=watched&flag=burst")).toBe(false);
    expect(asks("flag=bounced")).toBe(false);
    expect(asks("flag=watched&hold=blocked")).toBe(false);
    expect(asks("flag=watched&state=verified")).toBe(false);
    expect(asks("text=x")).toBe(false);
  });
});
