import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { type ResendStandIn, startResendStandIn } from "../support/resend-stand-in";

let app: App;
let provider: ResendStandIn;

beforeAll(async () => {
  provider = await startResendStandIn();
  const environment = { RESEND_API_KEY: "re_test", RESEND_BASE_URL: provider.url };
  app = await startApp({ worker: false, environment });
});
afterAll(async () => {
  await app.stop();
  await provider.stop();
});

function sign(email: string): Promise<Response> {
  const values = {
    form: "sign",
    fullName: "Ada Exampleton",
    country: "GB",
    visibility: "public",
    consent: "on",
  };
  return fetch(`${app.url}/letters/uyghurs/sign?as=individual`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: app.url },
    body: new URLSearchParams({ ...values, email }),
  });
}

const pending = () =>
  runSql<{ id: string }>(app.databaseUrl, "SELECT id FROM signature WHERE state = 'PENDING'");

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (const limit = Date.now() + 90_000; !(await condition()); await pause(20)) {
    if (Date.now() > limit) throw new Error("it did not happen within 90 s");
  }
}

const deliveredTo = () => provider.accepted.map(({ to }) => String(to)).sort();

describe("a process that is killed", () => {
  const emails = Array.from({ length: 5 }, (_, round) => `killed-${round}@example.org`);

  it("the web between commit and answer: the visitor tries again, and there is one signature", async () => {
    for (const [round, email] of emails.entries()) {
      const unanswered = sign(email).catch(() => null);
      await until(async () => (await pending()).length === round + 1);
      await app.killWeb();
      await unanswered;
      await app.startWeb();
      expect((await sign(email)).status).toBe(303);
      expect(await pending()).toHaveLength(round + 1);
    }
  });

  it("the worker while it sends, again and again: every mail arrives, each once", async () => {
    // It takes the mails and is killed before it hears that they were accepted.
    const kills = ["accept-and-hang", "hang", "accept-and-hang"] as const;
    provider.next(...kills, "reset");
    for (const _ of kills) {
      const before = provider.calls.length;
      await app.startWorker();
      await until(() => provider.calls.length > before);
      await app.killWorker();
    }
    await app.startWorker();
    await until(async () => {
      const sent = await runSql(app.databaseUrl, "SELECT 1 FROM mail WHERE state = 'SENT'");
      return sent.length === emails.length;
    });
    expect(deliveredTo()).toEqual(emails);
    expect(provider.calls).toHaveLength(kills.length + 2);
    // One call for all of them, and each repetition the same.
    for (const { path, key, body } of provider.calls)
      expect({ path, key, body }).toMatchObject({
        path: "/emails/batch",
        key: provider.calls[0]?.key,
        body: provider.calls[0]?.body,
      });
  });
});
