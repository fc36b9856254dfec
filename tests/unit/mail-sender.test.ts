import { createTransport } from "nodemailer";
import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import { contactAddress } from "@/lib/mail/contact-address";
import type { MailContent } from "@/lib/mail/content/content";
import { renderMail } from "@/lib/mail/content/render";
import { encryptEnvelope } from "@/lib/mail/sending/envelope";
import { cut, type LetterSender, senderOf } from "@/lib/mail/sending/sender";
import { type Site, UNSET_SITE } from "@/lib/site/rules";

const SITE: Site = { ...UNSET_SITE, organiserName: "The Site’s Owner", contact: "site@example.org" };
const letter = (changes: Partial<LetterSender> = {}): LetterSender => ({
  ...{ organiserName: "Example Coalition", senderName: null, contact: null },
  ...changes,
});
const sender = (letters: LetterSender[], site = SITE, locale = "en") =>
  senderOf(letters, site, locale, translator(locale, "mail"));
const address = () => `<${contactAddress()}>`;

/** A mail as it goes over the wire. */
async function onTheWire(from: string, subject: string): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const mail = encryptEnvelope({ id: "a", to: "ada@example.org", from, subject, html: "", text: "x" });
  const { message } = await transport.sendMail(mail);
  return message.toString().split("\r\n\r\n")[0] ?? "";
}

describe("the sender of a mail", () => {
  it("is the letter's organiser through this site, and answers go to its contact", () => {
    expect(sender([letter()])).toMatchObject({
      from: `"Example Coalition via letters.test" ${address()}`,
      replyTo: "site@example.org",
      about: { organiser: "Example Coalition", contact: "site@example.org", pages: [] },
    });
    const own = letter({ senderName: "The Coalition", contact: "us@coalition.example" });
    expect(sender([own, own])).toMatchObject({
      from: `"The Coalition via letters.test" ${address()}`,
      replyTo: "us@coalition.example",
    });
  });

  it("is the site where letters of several organisers are in one mail, or none is", () => {
    const from = `"The Site’s Owner via letters.test" ${address()}`;
    expect(sender([letter(), letter({ organiserName: "Another" })]).from).toBe(from);
    expect(sender([]).from).toBe(from);
    expect(sender([], UNSET_SITE)).toMatchObject({ from: process.env.MAIL_FROM });
    expect(sender([], UNSET_SITE).replyTo).toBeUndefined();
  });

  it("names the pages that say something", () => {
    const texts = [{ locale: "en", imprint: "", privacy: "We keep little." }];
    expect(sender([letter()], { ...SITE, texts }).about.pages).toEqual(["privacy"]);
  });

  it.each([
    'Example, Coalition; "quoted" \\ <evil@example.org>',
    "Bcc: evil@example.org\r\nBcc: other@example.org",
    "line\u2028separator\u2029\u0000end\u0007",
    "\u202eturned around\u2066",
    "x".repeat(500),
    "👩‍👩‍👧".repeat(200),
    "المنظمة المثال، وغيرها",
    "维吾尔人权组织",
    "ئۇيغۇر تەشكىلاتى",
    "Организация «Пример»",
  ])("is one header whatever its name holds: %j", async (name) => {
    const { from } = sender([letter({ organiserName: name })]);
    const head = await onTheWire(from, "Hello");
    const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
    expect(lines.every((line) => /^[\x20-\x7e]*$/.test(line))).toBe(true);
    expect(head.split("\r\n").every((line) => line.length <= 998)).toBe(true);
    expect(lines.filter((line) => /^(?:bcc|cc|to):/i.test(line))).toEqual(["To: ada@example.org"]);
    const [sent = "", ...others] = lines.filter((line) => /^from:/i.test(line));
    expect(others).toEqual([]);
    expect(sent.endsWith(address())).toBe(true);
  });
});

describe("the subject of a mail about a letter", () => {
  const mail = (...titles: string[]): MailContent => ({
    message: "confirm-signature",
    letters: titles.map((title) => ({ title, organiserName: "Example", locale: "en" })),
    ...{ link: "https://letters.test/x", linkDays: 7, eraseDays: 14 },
  });

  it.each(LOCALES)("names it in %s, in one line that is not too long", async (locale) => {
    expect((await renderMail(mail("Stop the dam"), locale)).subject).toContain("Stop the dam");
    const { subject } = await renderMail(mail(`A\r\nBcc: evil@example.org ${"long ".repeat(100)}`), locale);
    expect(subject).not.toMatch(/\p{Cc}/u);
    expect(subject.length).toBeLessThan(180);
    const head = await onTheWire(sender([letter()]).from, subject);
    expect(
      head
        .replace(/\r\n[ \t]+/g, " ")
        .split("\r\n")
        .filter((line) => /^bcc:/i.test(line)),
    ).toEqual([]);
  });

  it("names none of several", async () => {
    expect((await renderMail(mail("One", "Other"), "en")).subject).toBe("Confirm your signature");
  });
});

it("is cut between characters as readers count them", () => {
  expect(cut("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2)).toBe("👩‍👩‍👧…");
  expect(cut("short", 5)).toBe("short");
});
