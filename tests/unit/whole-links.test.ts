import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import { createToken } from "@/lib/encryption/tokens";
import { LOCALES, localePath } from "@/lib/i18n/locales";
import type { MailContent } from "@/lib/mail/content/content";
import { renderMail } from "@/lib/mail/content/render";
import { withWholeLinks } from "@/lib/mail/sending/whole-links";

const LETTER = { title: "An Open Letter", organiserName: "Example “Coalition”", locale: "en" };
const SITES = [
  "http://localhost:3000",
  "https://letters.example.org",
  "https://letters.a-long-name.example.org",
];

/** A mail as it goes over the wire, and its parts as a mail program reads them. */
async function encoded(content: MailContent, locale: string) {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const mail = { from: "letters@example.org", to: "ada@example.org", ...(await renderMail(content, locale)) };
  const { message } = await transport.sendMail({ ...mail, ...withWholeLinks(mail) });
  const wire = message.toString();
  const [, boundary = ""] = /boundary="([^"]+)"/.exec(wire) ?? [];
  const parts = wire.split(`--${boundary}`).slice(1, -1);
  return parts.map((part) => {
    const [head = "", body = ""] = part.split(/\r\n\r\n([\s\S]*)/);
    return { quoted: head.includes("quoted-printable"), base64: head.includes("base64"), head, body };
  });
}

const decoded = (body: string) =>
  Buffer.from(
    body
      .replace(/=\r\n/g, "")
      .replace(/=([\dA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString();

describe.each(LOCALES)("a mail over SMTP in %s", (locale) => {
  test.each(SITES)("from %s has no line that ends inside its link", async (site) => {
    const { token } = createToken();
    const confirm = `${site}${localePath(locale, `/signatures/${token}/confirm`)}`;
    const signIn = `${site}${localePath(locale, `/admin/sign-in/${token}`)}`;
    const mails: [string, MailContent][] = [
      [
        confirm,
        { message: "confirm-signature", letters: [LETTER], link: confirm, linkDays: 7, eraseDays: 14 },
      ],
      [signIn, { message: "admin-sign-in", link: signIn, linkMinutes: 10 }],
    ];
    for (const [link, content] of mails) {
      const parts = await encoded(content, locale);
      expect(parts).toHaveLength(2);
      for (const { head, body, base64 } of parts) {
        expect(Math.max(...body.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(76);
        const inHtml = head.includes("text/html");
        const whole = base64 ? Buffer.from(body, "base64").toString() : body;
        // In HTML the address is a link and stands in plain beneath it.
        expect(whole.split(link).length - 1, `${head}${body}`).toBe(inHtml ? 2 : 1);
        if (inHtml) expect(base64 ? whole : decoded(body)).toMatch(/<a\s[^>]*href=\s*"http/);
        else expect(whole.split("\r\n")).toContain(link);
      }
    }
  });
});

test("usual addresses are sent as quoted-printable, which people can read undecoded", async () => {
  const link = `https://letters.example.org/signatures/${createToken().token}/confirm`;
  const content = {
    message: "confirm-signature",
    letters: [LETTER],
    link,
    linkDays: 7,
    eraseDays: 14,
  } satisfies MailContent;
  for (const { quoted } of await encoded(content, "en")) expect(quoted).toBe(true);
});
