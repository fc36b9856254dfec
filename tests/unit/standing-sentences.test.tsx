import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { NIL } from "uuid";
import { describe, expect, it } from "vitest";
import { WithdrawnLink } from "@/app/[locale]/(site)/signatures/_parts/dead-link";
import { STANDINGS, standingWords, Used } from "@/app/[locale]/(site)/signatures/_parts/used";
import { LOCALES } from "@/lib/i18n/locales";
import { loadMessages } from "@/lib/i18n/messages";
import type { MailContent } from "@/lib/mail/content/content";
import { renderMail } from "@/lib/mail/content/render";
import { Visibility } from "@/prisma/generated/enums";

/** What may be claimed of a signature. Each claim is found by its words. */
const CLAIMS = {
  en: {
    onList:
      /\bon the list\b|show it in the public list|shows? you among|show you among|shown in the list|list shows/,
    noName: /\bname\b/,
    counts: /\bWe count (?:it|you)|\bis (?:now )?counted/,
    later: /\bIf we approve\b/,
    refused: /not accepted|did not accept/,
  },
  ar: {
    onList:
      /توقيعك في القائمة|نعرضه في القائمة|عرضناه في القائمة|تعرضك القائمة|تعرض القائمة|عرضناك بين|ظاهر(?:ًا)? في القائمة/,
    noName: /اسم/,
    counts: /(?<!لا )(?:نحتسبه|نحتسبك)|محسوب(?:ًا)? في العدد/,
    later: /إن قبلنا/,
    refused: /لم يُقبل|لم نقبله|لم نقبل توقيعك/,
  },
} as const;

type Claim = keyof (typeof CLAIMS)["en"];

function claimsIn(locale: (typeof LOCALES)[number], words: string): Claim[] {
  const patterns = Object.entries(CLAIMS[locale]) as [Claim, RegExp][];
  return patterns.filter(([, pattern]) => pattern.test(words)).map(([claim]) => claim);
}

/** Everything that the page of a used link says, by state and visibility. */
const PAGE: Record<(typeof STANDINGS)[number], Record<Visibility, Claim[]>> = {
  VERIFIED: { PUBLIC: ["onList", "later"], WITHHELD: ["noName", "later"] },
  APPROVED: { PUBLIC: ["onList", "counts"], WITHHELD: ["noName", "counts"] },
  REJECTED: { PUBLIC: ["refused"], WITHHELD: ["refused"] },
};

const pages = LOCALES.flatMap((locale) =>
  STANDINGS.flatMap((standing) =>
    Object.values(Visibility).map((visibility) => ({ locale, standing, visibility })),
  ),
);

const ENTRY = { id: NIL, slug: "letter", letter: null, decisionMs: null, down: false };

describe("the page after confirming", () => {
  it("does not say that a name shows which the organiser or a report hides", () => {
    const entry = { ...ENTRY, state: "APPROVED" as const, visibility: "PUBLIC" as const, concealed: true };
    expect(standingWords(entry)).toBe("concealed");
    expect(standingWords({ ...entry, state: "VERIFIED" })).toBe("used.VERIFIED.PUBLIC");
    expect(standingWords({ ...entry, concealed: false, down: true })).toBe("down");
  });

  it.each(pages)("in $locale, $standing, $visibility", ({ locale, standing, visibility }) => {
    const html = renderToStaticMarkup(
      <NextIntlClientProvider locale={locale} messages={loadMessages(locale)} timeZone="UTC">
        <Used
          entries={[{ ...ENTRY, state: standing, visibility, concealed: false }]}
          leads={false}
          said={null}
          path="/"
          locale={locale}
        />
      </NextIntlClientProvider>,
    );
    // The links' own words are the same in each state.
    const words = html.replace(/<a\s.*?<\/a>/g, "");
    expect(claimsIn(locale, words)).toEqual(PAGE[standing][visibility]);
  });
});

type Standing = "VERIFIED" | "APPROVED" | "REJECTED";
type Case = [message: MailContent["message"], state: Standing, shown: boolean, claims: Claim[]];

/** Every mail that says how a signature stands, in each state in which it is sent. */
const MAILS: Case[] = [
  ["signature-standing", "VERIFIED", true, ["onList", "later"]],
  ["signature-standing", "VERIFIED", false, ["noName", "later"]],
  ["signature-standing", "APPROVED", true, ["onList", "counts"]],
  ["signature-standing", "APPROVED", false, ["noName", "counts"]],
  ["signature-standing", "REJECTED", true, ["refused"]],
  ["signature-standing", "REJECTED", false, ["refused"]],
  ["signature-approved", "APPROVED", true, ["onList", "counts"]],
  ["signature-approved", "APPROVED", false, ["noName", "counts"]],
  ["signature-expert", "VERIFIED", true, ["onList", "later"]],
  ["signature-expert", "VERIFIED", false, ["noName", "later"]],
  ["signature-expert", "APPROVED", true, ["onList"]],
  ["signature-expert", "APPROVED", false, ["noName", "counts"]],
  ["signature-rejected", "REJECTED", true, ["refused"]],
  ["signature-rejected", "REJECTED", false, ["refused"]],
  ["signature-corrected", "VERIFIED", true, []],
  ["signature-corrected", "VERIFIED", false, []],
  ["signature-corrected", "APPROVED", true, ["onList"]],
  ["signature-corrected", "APPROVED", false, []],
];

const letter = { title: "Title", organiserName: "Organiser", locale: "en" };
const link = "https://letters.test/letters/letter";

describe.each(LOCALES)("a mail about a signature in %s", (locale) => {
  it.each(MAILS)("%s, %s, shown: %s", async (message, state, shown, claims) => {
    const facts = { message, letter, link, state, shown, approved: state === "APPROVED", reason: "Because." };
    const { subject, text } = await renderMail(facts as MailContent, locale);
    expect(claimsIn(locale, `${subject}\n${text}`)).toEqual(claims);
  });
});

it.each(LOCALES)(
  "says in no mail in %s that the list shows a name of a letter that is taken down",
  async (locale) => {
    const facts = {
      letter,
      link,
      shown: true,
      approved: true,
      down: true,
      state: "APPROVED" as const,
      reason: null,
    };
    const later = { en: /When it is published again, [^.]*\./g, ar: /وعندما تُنشر من جديد [^.]*\./g };
    for (const message of [
      "signature-standing",
      "signature-approved",
      "signature-expert",
      "signature-corrected",
    ] as const) {
      const { text } = await renderMail({ ...facts, message } as MailContent, locale);
      expect([message, claimsIn(locale, text.replace(/\s+/g, " ").replace(later[locale], ""))]).toEqual([
        message,
        message === "signature-corrected" ? [] : ["noName"],
      ]);
    }
  },
);

it.each([
  ["en", false, "This signature was withdrawn or deleted", "deleted its data"],
  ["en", true, "Your signature is withdrawn", "deleted its data"],
  ["ar", false, "سُحب هذا التوقيع أو حُذف", "حذفنا بياناته"],
] as const)(
  "says in %s at the link of a withdrawn signature (just now: %s) what became of it",
  (locale, justNow, ...expected) => {
    const html = renderToStaticMarkup(
      <NextIntlClientProvider locale={locale} messages={loadMessages(locale)} timeZone="UTC">
        <WithdrawnLink lines={[]} removed={null} path="/" locale={locale} justNow={justNow} />
      </NextIntlClientProvider>,
    );
    for (const words of expected) expect(html).toContain(words);
  },
);

it("leaves no sentence about a standing that no state chooses", () => {
  const { confirming } = loadMessages("en");
  const chosen = STANDINGS.map((standing) => [standing, Object.values(Visibility).sort()]);
  expect(
    Object.entries(confirming.used ?? {}).map(([state, words]) => [state, Object.keys(words).sort()]),
  ).toEqual(chosen);
});
