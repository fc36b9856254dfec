import type { Browser, Page } from "playwright-core";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { publicId } from "@/lib/http/public-ids";
import { suppressSignature } from "@/tests/support/suppressed";
import { providerEvent } from "../fixtures/provider-events";
import { SESSION_COOKIE, validSession } from "../support/admin-sessions";
import { type App, startApp } from "../support/app";
import { type ContextChoice, launchBrowser, newVisitor } from "../support/browser";
import { individual } from "../support/letters";
import { waitingSignature } from "../support/moderators";
import { queuedMails } from "../support/queued-mails";
import { signedEvent } from "../support/signed-event";
import { SCRIPTS } from "../support/tier";

let app: App;
let browser: Browser;

beforeAll(async () => {
  app = await startApp({ worker: false });
  process.env.DATABASE_URL = app.databaseUrl;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await db.$disconnect();
  await app?.stop();
});

let count = 0;

/** A signature in the queue, and a mail about it that failed, or that waits because we cannot create it. */
async function failed(error = "no-mailbox-5.1.1", state: "FAILED" | "WAITING" = "FAILED") {
  const name = `Ada Undelivered ${++count}`;
  const input = individual({ email: `undelivered-${count}@example${count}.org`, name });
  const { signatureId } = await waitingSignature("uyghurs", input, new Date());
  // As if its first mail had left a while ago.
  await db.$executeRaw`
    UPDATE address_mail SET sent_at = ARRAY(SELECT t - interval '11 minutes' FROM unnest(sent_at) t)`;
  const id = uuid();
  const now = new Date();
  const times = { queuedAt: now, notBefore: now, doneAt: now };
  const row = { message: "signature-standing", signatureId, state, error } as const;
  await db.mail.create({ data: { ...row, ...times, id } });
  return { id, name, signatureId };
}

async function signedIn(choice: ContextChoice = {}, role?: "READER"): Promise<Page> {
  const context = await newVisitor(browser, choice);
  const session = await validSession(role ? "rita@example.org" : undefined, role);
  await context.addCookies([{ name: SESSION_COOKIE, value: session, url: app.url }]);
  return context.newPage();
}

describe("undelivered mails", () => {
  it.each(SCRIPTS)("are listed and sent again, with JavaScript: %s", async (javaScript) => {
    const { name, signatureId } = await failed();
    const page = await signedIn({ javaScript });
    await page.goto(`${app.url}/admin/emails`);
    expect(await page.getByText("this mailbox does not exist (no-mailbox-5.1.1)").count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: `Send again: Someone signed again, ${name}` }).click();
    await page.getByRole("status").waitFor();
    expect(await page.getByRole("status").textContent()).toBe("We’re sending the email again.");
    expect(await page.getByRole("link", { name }).count()).toBe(0);
    expect((await queuedMails(signatureId)).map(({ message }) => message)).toContain("signature-standing");
    await page.getByRole("link", { name: "Sent again" }).click();
    await page.getByRole("link", { name }).click();
    await page.getByText("Failed email sent again").waitFor();
    await page.context().close();
  });

  it("say so to whoever was too late", async () => {
    const { id, name } = await failed();
    const page = await signedIn({ javaScript: false });
    await page.goto(`${app.url}/admin/emails`);
    await db.mail.update({ where: { id }, data: { resentAt: new Date() } });
    await page.getByRole("button", { name }).click();
    await page.getByText("We sent nothing. Someone already sent this email again").waitFor();
    await page.context().close();
  });

  it.each(SCRIPTS)("are all sent again at once, with JavaScript: %s", async (javaScript) => {
    await db.mail.deleteMany({ where: { state: "FAILED" } });
    const both = [await failed("too-old"), await failed("reached_daily_quota")];
    const page = await signedIn({ javaScript });
    await page.goto(`${app.url}/admin/emails`);
    await page.getByRole("button", { name: "Send all again" }).click();
    await page.getByText("We’re sending 2 emails again. No others are left to send.").waitFor();
    for (const { signatureId } of both)
      expect((await queuedMails(signatureId)).map(({ message }) => message)).toContain("signature-standing");
    expect(await page.getByRole("button", { name: "Send all again" }).count()).toBe(0);
    await page.context().close();
  });

  it.each(SCRIPTS)("lead to an address that may have mail again, with JavaScript: %s", async (javaScript) => {
    const { name, signatureId } = await failed("suppressed");
    const suppress = () =>
      db.$transaction((tx) => suppressSignature(tx, signatureId, "COMPLAINED", new Date()));
    await suppress();
    const page = await signedIn({ javaScript });
    await page.goto(`${app.url}/admin/emails`);
    await page
      .getByRole("button", { name: `Allow emails to this address: Someone signed again, ${name}` })
      .click();
    await page.getByText("This address gets emails again. If the failed email is still needed").waitFor();
    await page.getByRole("button", { name: `Send again: Someone signed again, ${name}` }).waitFor();
    await suppress();
    await page.getByRole("link", { name }).click();
    await page.getByText("Someone reported an email as spam on").waitFor();
    await page.getByRole("button", { name: "Allow emails to this address" }).click();
    await page.getByText("This address gets emails again.").waitFor();
    await page.getByText("Emails to an address allowed again").first().waitFor();
    expect(await page.getByText("Someone reported an email as spam on").count()).toBe(0);
    await page.context().close();
  });
});

describe("the provider's events", () => {
  const post = (
    { body, headers: { id, timestamp, signature } }: ReturnType<typeof signedEvent>,
    headers: Record<string, string> = {},
  ) =>
    fetch(`${app.url}/api/webhooks/resend`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "svix-id": id,
        "svix-timestamp": timestamp,
        "svix-signature": signature,
        ...headers,
      },
    });

  it("are taken in by their signature alone, once", async () => {
    const { id, signatureId } = await failed();
    const event = signedEvent(providerEvent("email.bounced", { tag: id }));
    const answers = [await post(event), await post(event, { origin: "https://evil.example" })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { status: "taken" },
      { status: "repeated" },
    ]);
    const { flags } = await db.signature.findUniqueOrThrow({ where: { id: signatureId } });
    expect(flags).toContain("bounced");
    const page = await signedIn();
    await page.goto(`${app.url}/admin/letters/uyghurs/signatures/${publicId(signatureId)}`);
    await page.getByText("An email bounced: we send no more to this address").waitFor();
    await page.context().close();
  });

  it("are refused when they are not the provider's, too large, or no JSON", async () => {
    const event = signedEvent(providerEvent("email.bounced"));
    const forged = { ...event, headers: { ...event.headers, signature: "v1,AAAA" } };
    expect((await post(forged)).status).toBe(401);
    expect((await post(event, { "content-type": "text/plain" })).status).toBe(415);
    expect((await post(signedEvent("x".repeat(256 * 1024 + 1)))).status).toBe(413);
    expect((await fetch(`${app.url}/api/webhooks/resend`)).status).toBe(405);
    // Only there: everywhere else a request must come from a page of ours.
    const elsewhere = await fetch(`${app.url}/api/webhooks/other`, {
      method: "POST",
      body: event.body,
      headers: { "content-type": "application/json" },
    });
    expect(elsewhere.status).toBe(403);
  });
});
