import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";

let app: App;
let token: string;
beforeAll(async () => {
  app = await startApp();
  token = String(app.environment.METRICS_TOKEN);
});
afterAll(() => app?.stop());

const read = (authorization?: string) =>
  fetch(`${app.url}/api/metrics`, { headers: authorization ? { authorization } : {} });

/** The samples of a metric, by their labels as written. */
function samples(text: string, name: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line.startsWith(`undersigned_${name}`));
  return new Map(
    lines.map((line) => [line.split(" ")[0]?.replace(/^\w+/, "") ?? "", Number(line.split(" ")[1])]),
  );
}

describe("the metrics", () => {
  it("are shown to nobody without the token", async () => {
    for (const wrong of [
      undefined,
      "",
      "Bearer",
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      token,
      `Basic ${token}`,
    ])
      expect((await read(wrong)).status).toBe(401);
    for (const right of [`bearer ${token}`, `BEARER  ${token}`]) expect((await read(right)).status).toBe(200);
    expect(await (await read("Bearer wrong")).text()).not.toContain("undersigned_");
  });

  it("count signatures by state, jobs and their age, mails, latencies, the audit chain and the build", async () => {
    const body = new URLSearchParams({
      form: "sign",
      fullName: "Ada Exampleton",
      email: "ada@example.org",
      country: "GB",
      visibility: "public",
      consent: "on",
    });
    const form = '{kind="form",status="3xx"}';
    const formsSent = async () => {
      const text = await (await read(`Bearer ${token}`)).text();
      return samples(text, "http_request_duration_seconds_count").get(form) ?? 0;
    };
    const before = await formsSent();
    const signed = await fetch(`${app.url}/letters/uyghurs/sign?as=individual`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: app.url },
      body,
    });
    expect(signed.status).toBe(303);
    await app.mailbox.waitFor("ada@example.org");
    await app.stopWorker();
    await fetch(`${app.url}/letters/uyghurs/sign?as=individual`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: app.url },
      body: new URLSearchParams(
        [...body].map(([name, value]) => [name, name === "email" ? "bob@example.net" : value]),
      ),
    });
    const earlier =
      "queued_at = queued_at - interval '1 minute', not_before = queued_at - interval '1 minute'";
    await runSql(app.databaseUrl, `UPDATE mail SET ${earlier} WHERE state = 'WAITING'`);

    const answer = await read(`Bearer ${token}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("text/plain"),
    ]);
    const text = await answer.text();
    expect(samples(text, "signatures").get('{state="PENDING",hold="NONE"}')).toBe(2);
    expect(samples(text, "signatures").get('{state="APPROVED",hold="NONE"}')).toBeGreaterThan(30);
    expect(samples(text, "queue_jobs").get('{queue="mail",state="created"}')).toBe(1);
    expect(samples(text, "queue_oldest_due_seconds").get('{queue="mail",state="created"}')).toBeGreaterThan(
      59,
    );
    expect(samples(text, "mails").get('{message="confirm-signature",status="SENT",error=""}')).toBe(1);
    expect(samples(text, "audit_chain_head").get("")).toBeGreaterThanOrEqual(0);
    expect(samples(text, "database_up").get("")).toBe(1);
    expect(await formsSent()).toBe(before + 2);
    for (let time = 0; time < 3; time++) await fetch(`${app.url}/letters/uyghurs`);
    const memory = samples(await (await read(`Bearer ${token}`)).text(), "answered_from_memory_total");
    expect(memory.get('{status="200"}')).toBeGreaterThanOrEqual(2);
    expect(text).toMatch(/undersigned_build_info\{version="[\d.]+",node="v24[\d.]*"\} 1/);
    expect(text).toContain("nodejs_eventloop_lag_seconds");
    expect(samples(text, "http_connections").get('{state="live"}')).toBeGreaterThan(0);
    expect(text).toMatch(/^process_open_fds \d+$/m);
    expect(text).not.toMatch(/example\.|uyghurs|127\.0\.0\.1/);
  });
});
