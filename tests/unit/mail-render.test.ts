import { describe, expect, test } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";
import type { MailContent, OwnMessage } from "@/lib/mail/content/content";
import { renderMail } from "@/lib/mail/content/render";
import { accentShades } from "@/lib/site/accent/rules";

const SITE = "https://letters.test";
const letter = { title: "An <b>Open</b> Letter & more", organiserName: "Example “Coalition”", locale: "en" };
const link = `${SITE}/signatures/tokentoken/confirm`;
const signature = { letter, link, approved: true, shown: true };

const MAILS: MailContent[] = [
  { message: "confirm-signature", letters: [letter], link, linkDays: 7, eraseDays: 14 },
  { message: "signature-standing", ...signature, state: "VERIFIED", reason: null },
  { message: "signature-standing", ...signature, state: "APPROVED", reason: null },
  { message: "signature-standing", ...signature, state: "APPROVED", reason: null, shown: false },
  { message: "signature-standing", ...signature, state: "REJECTED", reason: "No such\ncharity <i>" },
  { message: "signature-approved", ...signature },
  { message: "signature-approved", ...signature, shown: false },
  { message: "signature-rejected", ...signature, reason: "No such\ncharity <i>" },
  { message: "signature-corrected", ...signature },
  { message: "signature-corrected", ...signature, approved: false },
  { message: "signature-expert", ...signature },
  { message: "signature-expert", ...signature, shown: false },
  { message: "signature-expert", ...signature, approved: false },
  ...(
    [
      ...["signature-hidden", "signature-withdrawn", "manage-link", "change-proposed"],
      ...["show-proposed", "change-refused", "address-confirm", "address-asked", "address-moved"],
    ] as OwnMessage[]
  ).map((message) => ({ message, letter, link })),
  ...(["public", "waiting", "withheld"] as const).map((shown) => ({
    ...{ message: "change-approved" as const, letter, link, shown },
  })),
  { message: "signature-withdrawn", letter, link, noted: true },
  { message: "signature-hidden", letter: { ...letter, signatory: "Ada <i>Exampleton</i>" }, link },
  ...(["discreet-check", "discreet-withdrawn", "discreet-moved"] as const).map((message) => ({
    ...{ message, link, answerBy: null, zone: "UTC" },
  })),
  { message: "links-ended", letters: [letter], link },
  { message: "links-ended", letters: [letter, { ...letter, signatory: "Ada <i>Exampleton</i>" }], link },
  { message: "admin-sign-in", link, linkMinutes: 10 },
  { message: "test-email", link },
  { message: "admin-invitation", link, role: "EDITOR", reach: 2, secondFactor: true },
  { message: "admin-invitation", link, role: "READER", reach: null, secondFactor: false },
  {
    message: "admin-notice",
    link,
    queues: [{ title: "An <b>Open</b> Letter", signatures: 3, reports: 1, changes: 0 }],
  },
];

const addresses = (text: string) => text.match(/https?:\/\/[^\s"'<>]+/g) ?? [];

describe.each(LOCALES)("mails in %s", (locale) => {
  test("that visitors can cause say at their end how to stop them", async () => {
    const stop = `${SITE}/stop-emails/tokentoken`;
    const [content] = MAILS;
    if (!content) throw new Error("no mail");
    const { html, text } = await renderMail(content, locale, { stop });
    expect(html.match(/<a\s/g)).toHaveLength(2);
    expect(html).toContain(`href="${stop}"`);
    expect(addresses(text)).toEqual([link, stop]);
  });

  test.each(MAILS)("$message says it in HTML and in text, with one link", async (content) => {
    const { subject, html, text } = await renderMail(content, locale);
    expect(html).toContain(`<html dir="${locale === "ar" ? "rtl" : "ltr"}" lang="${locale}">`);
    expect(html.match(/<a\s/g)).toHaveLength(1);
    expect(html).toContain(`href="${link}"`);
    expect(addresses(html).filter((address) => !address.includes("//www.w3.org/"))).toEqual([link, link]);
    expect(addresses(text)).toEqual([link]);
    // The button's words, which a text has to have too.
    const [, label = "none"] = /\n([^\n]{3,}):\n(?=https)/.exec(text) ?? [];
    expect(html.replaceAll("&#x27;", "'")).toContain(`>${label}<`);
    expect(text).toContain(`\n${label}:\n${link}\n`);
    expect(text).toContain(/<h1[^>]*>([^<]+)/.exec(html)?.[1]);
    expect(subject).not.toMatch(/\p{Cc}/u);
    expect(text).not.toMatch(/<(?:p|a|h1|table|td|html|br|bdi)\b|\{|\}|undefined|null/);
  });

  test.each(MAILS)("$message fetches nothing and runs nothing", async (content) => {
    const { html } = await renderMail(content, locale);
    expect(html).not.toMatch(
      /<(?:img|script|iframe|link|object|form|video|svg)|\ssrc=|url\(|@import|@font-face|\son\w+=/i,
    );
  });

  test.each(MAILS)("$message has the same bytes whenever it is rendered", async (content) => {
    const [first, second] = [
      await renderMail(content, locale),
      await renderMail(structuredClone(content), locale),
    ];
    expect(second).toEqual(first);
  });

  test.each(MAILS)("$message says at its end who stands behind it", async (content) => {
    const about = {
      organiser: "The <i>Coalition</i>",
      contact: "us@example.org",
      pages: ["imprint", "privacy"],
      hue: 145,
    } as const;
    const { html, text } = await renderMail(content, locale, {
      about: { ...about, pages: [...about.pages] },
    });
    expect(html).toContain("The &lt;i&gt;Coalition&lt;/i&gt;");
    for (const part of ["us@example.org", "/imprint", "/privacy"]) {
      expect(html).toContain(part);
      expect(text).toContain(part);
    }
    expect(html.match(/<a\s/g)).toHaveLength(3);
    const { light, dark } = accentShades(145);
    expect(html).toContain(`background-color:${light.accent}`);
    expect(html).toContain(`background-color: ${dark.accent} !important`);
  });
});

test("names the signature that it is about, where it is told", async () => {
  const named = { ...letter, signatory: "Ada <i>Exampleton</i>" };
  const { html, text } = await renderMail({ message: "signature-hidden", letter: named, link }, "en");
  expect(html).toContain("Signature of<!-- --> <bdi>Ada &lt;i&gt;Exampleton&lt;/i&gt;</bdi>");
  expect(text).toContain("Signature of Ada <i>Exampleton</i>");
  expect((await renderMail({ message: "signature-hidden", letter, link }, "en")).text).not.toContain(
    "Signature of",
  );
});

test("shows the letter's words as words", async () => {
  const { html, text } = await renderMail(
    { message: "signature-rejected", ...signature, reason: "Say <i>why</i>\n& how" },
    "en",
  );
  expect(html).toContain("An &lt;b&gt;Open&lt;/b&gt; Letter &amp; more");
  expect(html).toContain("Say &lt;i&gt;why&lt;/i&gt;<br/>&amp; how");
  expect(text).toContain("An <b>Open</b> Letter & more");
  expect(text).toContain("Say <i>why</i>\n& how");
});

test("sets the letter's words in their own language and direction", async () => {
  const arabic = { ...letter, title: "رسالة مفتوحة", locale: "ar" };
  const { html } = await renderMail({ message: "signature-approved", ...signature, letter: arabic }, "en");
  expect(html).toMatch(/lang="ar"[^>]*><bdi dir="rtl">رسالة مفتوحة/);
});

test.each([
  [1, "يومًا واحدًا"],
  [2, "يومين"],
  [3, "3 أيام"],
  [11, "11 يومًا"],
  [100, "100 يوم"],
])("counts %i days in Arabic", async (linkDays, words) => {
  const { text } = await renderMail(
    { message: "confirm-signature", letters: [letter], link, linkDays, eraseDays: 14 },
    "ar",
  );
  expect(text).toContain(words);
});

test("says what a moderator's act means for what the public sees", async () => {
  const say = async (content: MailContent) => (await renderMail(content, "en")).text;
  expect(await say({ message: "signature-approved", ...signature })).toContain("show it in the public list");
  expect(await say({ message: "signature-approved", ...signature, shown: false })).toContain(
    "don’t show a name",
  );
  expect(await say({ message: "signature-expert", ...signature, approved: false })).toContain(
    "If we approve your signature",
  );
  expect(await say({ message: "signature-corrected", ...signature, approved: false })).not.toContain(
    "list shows",
  );
  const standing = { message: "signature-standing", ...signature, reason: "Because" } as const;
  expect(await say({ ...standing, state: "REJECTED" })).toContain("Because");
  expect(await say({ ...standing, state: "APPROVED" })).not.toContain("Because");
});
