import { describe, expect, it } from "vitest";
import { shareWays } from "@/app/_components/letter/share-ways";
import { headlineText } from "@/lib/counts/headline-text";
import type { Tally } from "@/lib/counts/rules";
import { xml } from "@/lib/http/xml";
import { withoutScripts } from "@/server/scripts";

const tally = { organisations: 23, countries: 5, experts: 16, others: 0 } as Tally;

describe("the counts in the letter's language", () => {
  it.each([
    ["tr", "Kuruluşlar: 23 · Ülkeler: 5 · Uzmanlar: 16"],
    ["zh-Hans", "组织：23 · 国家：5 · 专家：16"],
    ["ug", "تەشكىلاتلار: 23 · دۆلەتلەر: 5 · مۇتەخەسسىسلەر: 16"],
    ["en", "23 organisations from 5 countries and 16 experts"],
  ])("%s", (language, words) => expect(headlineText(language, tally)).toBe(words));

  it("are none before the first approval", () => {
    const none = { organisations: 0, countries: 0, experts: 0, others: 0 } as Tally;
    for (const language of ["tr", "en"]) expect(headlineText(language, none)).toBeNull();
  });
});

it("links carry text and address whole, whatever is in them", () => {
  const words = { address: "https://letters.example.org/letters/a", text: "“50 % & more”: #1?" };
  const ways = shareWays(words, "A & B");
  const given = (href: string, name: string) => new URL(href).searchParams.get(name);
  expect(given(ways.whatsapp, "text")).toBe(`${words.text} ${words.address}`);
  expect(given(ways.bluesky, "text")).toBe(`${words.text} ${words.address}`);
  expect(given(ways.linkedin, "url")).toBe(words.address);
  expect(given(ways.email, "subject")).toBe("A & B");
  expect(given(ways.email, "body")).toBe(`${words.text}\r\n\r\n${words.address}`);
  expect(decodeURIComponent(new URL(ways.mastodon).hash)).toBe(`#text=${words.text} ${words.address}`);
});

it("pages without scripts keep what is data, and only that", () => {
  const data = '<script type="application/ld+json">{"a":"\\u003c"}</script>';
  const scripts =
    '<script>a()</script><script type="module">b()</script><script type="application/ld+json" src="/x"></script>';
  expect(withoutScripts(`<p>${scripts}${data}</p>`)).toBe(`<p>${data}</p>`);
});

it("XML is well-formed, whatever a text holds", () => {
  expect(xml('<a & "b"> \u0000\u000b 王 😀')).toBe("&lt;a &amp; &quot;b&quot;&gt;  王 😀");
});
