import { describe, expect, it } from "vitest";
import { countriesOf } from "@/lib/counts/rules";
import {
  type Day,
  everyDay,
  funnelOf,
  namedReferrers,
  points,
  referringHost,
  visited,
  within,
} from "@/lib/counts/statistics/rules";

describe("a path", () => {
  it.each([
    ["/", { slug: "", form: null }],
    ["/ar", { slug: "", form: null }],
    ["/letters/dam", { slug: "dam", form: null }],
    ["/ar/letters/dam?x=1", { slug: "dam", form: null }],
    ["/letters/dam/sign?as=individual", { slug: "dam", form: "individual" }],
    ["/ar/letters/dam/sign?x=1&as=organisation", { slug: "dam", form: "organisation" }],
    ["/letters/dam/sign", { slug: "dam", form: "" }],
    ["/letters/dam/sign?as=nobody", { slug: "dam", form: "" }],
    ["/letters", null],
    ["/letters/dam/signatories", null],
    ["/letters/dam/sign/check-your-mailbox", null],
    ["", null],
  ])("%s is a letter's page, its form, or neither", (path, expected) => {
    expect(visited(path)).toEqual(expected);
  });
});

describe("the site that a reader came from", () => {
  it.each([
    ["https://www.news.example/today?id=secret#a", "news.example"],
    ["http://blog.example.org:8080/", "blog.example.org"],
    ["https://letters.example/", null],
    ["https://www.letters.example/letters/dam", null],
    ["https://xn--bcher-kva.example/", "xn--bcher-kva.example"],
    ["android-app://org.example/", null],
    ["https://[::1]/", null],
    ["https://localhost/", null],
    ["nonsense", null],
    [undefined, null],
  ])("of %s is %s: a name, and no more", (referrer, host) => {
    expect(referringHost(referrer, "https://letters.example")).toBe(host);
  });

  it("is named only where it led here often", () => {
    const all = [
      { host: "rare.example", count: 2 },
      { host: "often.example", count: 3 },
      { host: "", count: 5 },
    ];
    expect(namedReferrers(all)).toEqual({ named: [{ host: "often.example", count: 3 }], elsewhere: 7 });
  });
});

describe("times", () => {
  it("are known to a tenth from their buckets", () => {
    const bucket = (seconds: number) => Math.floor(Math.log(seconds) / Math.log(1.1));
    const seconds = Array.from({ length: 1_000 }, (_, place) => 60 + place * 37);
    const buckets = new Map<number, number>();
    for (const one of seconds) buckets.set(bucket(one), (buckets.get(bucket(one)) ?? 0) + 1);
    for (const [part, exact] of [
      [0.5, 60 + 500 * 37],
      [0.9, 60 + 900 * 37],
    ] as const)
      expect(Math.abs((within(buckets, part) ?? 0) / exact - 1)).toBeLessThan(0.1);
    expect(within(new Map(), 0.5)).toBeNull();
  });
});

describe("days", () => {
  it("are all there from the first on, and many are drawn by weeks without losing any", () => {
    const days = everyDay(
      [
        { day: "2026-11-01", what: "submitted", count: 2 },
        { day: "2026-11-03", what: "shown", count: 4 },
        { day: "2026-11-03", what: "submitted", count: 1 },
      ],
      "2026-11-05",
    );
    expect(days.map(({ day, submitted }) => `${day} ${submitted}`)).toEqual([
      "2026-11-01 2",
      "2026-11-02 0",
      "2026-11-03 1",
      "2026-11-04 0",
      "2026-11-05 0",
    ]);
    // What came before forms were counted is no part of the funnel.
    expect(funnelOf(days)).toMatchObject({ since: "2026-11-03", shown: 4, submitted: 1 });
    // Nor a day on which the count began when many had signed already.
    const amid = days.map((day) => (day.day === "2026-11-03" ? { ...day, submitted: 43 } : day));
    expect(funnelOf(amid)).toMatchObject({ since: null, submitted: 45 });
    expect(
      funnelOf([...amid, { ...amid[0], day: "2026-11-06", shown: 9, submitted: 3 } as Day]),
    ).toMatchObject({
      since: "2026-11-06",
      shown: 9,
      submitted: 3,
    });
    const year = everyDay([{ day: "2026-01-01", what: "submitted", count: 1 }], "2026-12-31");
    for (const [place, day] of year.entries()) day.submitted = place;
    const drawn = points(year);
    expect(drawn.by).toBe("week");
    expect(drawn.points.length).toBeLessThan(60);
    const sum = (all: typeof year) => all.reduce((total, { submitted }) => total + submitted, 0);
    expect(sum(drawn.points)).toBe(sum(year));
  });
});

it("countries of hidden entries are told as readers are told of them, but to those who may open entries", () => {
  const row = { kind: "INDIVIDUAL" as const, experts: 0, withheldExperts: 0, publishedWithheldExperts: 0 };
  const rows = [
    { ...row, country: "GB", approved: 3, withheld: 1, publishedWithheld: 1 },
    { ...row, country: "FR", approved: 2, withheld: 2, publishedWithheld: 2 },
    { ...row, country: "DE", approved: 4, withheld: 4, publishedWithheld: 3 },
  ];
  expect(countriesOf(rows, true)).toEqual([
    { country: "DE", count: 4 },
    { country: "GB", count: 3 },
    { country: "FR", count: 2 },
  ]);
  expect(countriesOf(rows, false)).toEqual([
    { country: "DE", count: 3 },
    { country: "GB", count: 2 },
  ]);
  // What the organiser hides is hidden at once, also while the rows still say that it shows.
  expect(countriesOf(rows, false, ["GB"])).toEqual([{ country: "DE", count: 3 }]);
  expect(
    countriesOf([{ ...row, country: "FR", approved: 2, withheld: 0, publishedWithheld: 0 }], false, [""]),
  ).toEqual([]);
  expect(
    countriesOf(
      [{ ...row, kind: "ORGANISATION", country: "FR", approved: 2, withheld: 0, publishedWithheld: 0 }],
      false,
      [""],
    ),
  ).toEqual([{ country: "FR", count: 2 }]);
});
