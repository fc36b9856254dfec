import { afterEach, beforeEach, expect, it } from "vitest";
import { isOtherAddress } from "@/lib/http/origin";
import { noteOtherAddress, otherAddresses } from "@/lib/http/other-addresses";
import { logTo } from "@/lib/ops/log/log";

// Long after other files of this run may have been at other addresses too: those are forgotten by then.
const NOW = new Date("2100-11-27T12:00:00Z");
const after = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
let lines: string[] = [];
beforeEach(() => {
  lines = [];
  logTo((line) => lines.push(line));
});
afterEach(() => logTo(undefined));

it("is told once an hour for each host, and for a day in the overview", () => {
  for (let time = 0; time < 50; time += 1) noteOtherAddress("WWW.example.org", NOW);
  noteOtherAddress("www.example.org", after(0.9));
  expect(lines.filter((line) => line.includes("www.example.org"))).toHaveLength(1);
  noteOtherAddress("www.example.org", after(1));
  expect(lines).toHaveLength(2);
  expect(otherAddresses(after(24))).toEqual(["www.example.org"]);
  expect(otherAddresses(after(25))).toEqual([]);
});

it("keeps a few hosts, and nothing that is none, whatever is made up", () => {
  const later = after(100);
  for (let host = 0; host < 50_000; host += 1) noteOtherAddress(`h${host}.example.org`, later);
  for (const none of [undefined, "", "a b", "<b>", `${"a".repeat(256)}`]) noteOtherAddress(none, later);
  expect(otherAddresses(later)).toHaveLength(20);
  expect(lines).toHaveLength(20);
  noteOtherAddress("www.example.org", after(125));
  expect(otherAddresses(after(125))).toEqual(["www.example.org"]);
});

it("is told apart from another site by what the browser says", () => {
  const host = "www.example.org";
  expect(isOtherAddress({ origin: "https://www.example.org", host })).toBe(true);
  expect(isOtherAddress({ origin: "http://www.example.org:8080", host: "www.example.org:8080" })).toBe(true);
  // A proxy that passes another host on.
  expect(
    isOtherAddress({ origin: `https://${host}`, host: "127.0.0.1", "sec-fetch-site": "same-origin" }),
  ).toBe(true);
  expect(isOtherAddress({ origin: "https://evil.test", host, "sec-fetch-site": "cross-site" })).toBe(false);
  for (const origin of [undefined, "null", "", "file://", "nonsense"])
    expect(isOtherAddress({ origin, host, "sec-fetch-site": "same-origin" })).toBe(false);
});
