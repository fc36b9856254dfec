import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressHash } from "@/lib/signatures/claim";
import { type App, startApp } from "../support/app";
import { runSql } from "../support/database";
import { type ResendStandIn, startResendStandIn } from "../support/resend-stand-in";
import { rounds, THOROUGH } from "../support/tier";

let app: App;
let provider: ResendStandIn;
beforeAll(async () => {
  provider = await startResendStandIn();
  const environment = { RESEND_API_KEY: "re_test", RESEND_BASE_URL: provider.url };
  app = await startApp({ worker: false, environment: THOROUGH ? environment : undefined });
});
afterAll(async () => {
  await app.stop();
  await provider.stop();
});

const FORM = { form: "sign", fullName: "Ada Exampleton", country: "GB", visibility: "public", consent: "on" };

/** Begins to send a form; its body is the caller's to send. */
function begin(agent: Agent, body: string): { sending: ClientRequest; status: Promise<number | string> } {
  const sending = request(`${app.url}/letters/uyghurs/sign?as=individual`, {
    method: "POST",
    agent,
    headers: {
      origin: app.url,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": Buffer.byteLength(body),
    },
  });
  const status = new Promise<number | string>((resolve) => {
    sending.on("response", (answer: IncomingMessage) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    });
    // A kept connection may be let go in the moment in which a late client uses it again: browsers then ask once more.
    sending.on("error", ({ code }: NodeJS.ErrnoException) =>
      resolve(code === "ECONNRESET" && sending.reusedSocket ? "let go" : (code ?? "failed")),
    );
  });
  return { sending, status };
}

const bodyOf = (email: string) => new URLSearchParams({ ...FORM, email }).toString();

/** The last line of a process, which says whether it ended by itself or because it was time. */
function endOf(part: string): unknown {
  const lines = app.log().split("\n");
  return JSON.parse(lines.findLast((line) => line.includes(`"part":"${part}"`)) ?? "{}");
}

describe("a web process that is asked to stop under load", () => {
  it("answers everything that has reached it, and then ends by itself", async () => {
    const acknowledged: string[] = [];
    const outcomes: (number | string)[] = [];
    let stopped = false;
    let asked = false;
    const visitor = async (number: number) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let round = 0; !stopped; round++) {
        const email = `visitor-${number}-${round}@example.org`;
        // The system resets a connection that nobody has taken yet when the listening ends.
        const late = asked;
        const { sending, status } = begin(agent, bodyOf(email));
        sending.end(bodyOf(email));
        const answer = await status;
        const outcome = late && answer === "ECONNRESET" ? "let go" : answer;
        outcomes.push(outcome);
        if (outcome === 303) acknowledged.push(email);
        if (outcome === "ECONNREFUSED") break;
        await pause(rounds(40, 0));
      }
      agent.destroy();
    };
    const slowly = async () => {
      const body = bodyOf("slow@example.org");
      const { sending, status } = begin(new Agent(), body);
      sending.write(body.slice(0, 20));
      await pause(rounds(1_500, 3_000));
      sending.end(body.slice(20));
      return status;
    };
    const visitors = Array.from({ length: 12 }, (_, number) => visitor(number));
    await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(12);
    const slow = slowly();
    // Whoever asks for another protocol and then waits keeps no process from ending.
    const upgrade = "GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
    const waiting = connect({ port: Number(new URL(app.url).port), allowHalfOpen: true });
    waiting.on("error", () => undefined).write(upgrade);
    await pause(rounds(700, 1_500));
    asked = true;
    await app.stopWeb();
    stopped = true;
    await Promise.all(visitors);
    waiting.destroy();

    expect(await slow).toBe(303);
    // 503 is an answer too, from a machine that has too much to do.
    expect(outcomes.filter((one) => ![303, 503, "let go", "ECONNREFUSED"].includes(one))).toEqual([]);
    const stored = await runSql<{ hash: string }>(
      app.databaseUrl,
      "SELECT address_hash AS hash FROM signature WHERE state = 'PENDING'",
    );
    const hashes = stored.map(({ hash }) => hash);
    expect(hashes).toEqual(expect.arrayContaining([...acknowledged, "slow@example.org"].map(addressHash)));
    expect(endOf("web")).toMatchObject({ event: "stopped", underWay: 0 });
    if (THOROUGH) await app.startWeb();
  });
});

// `mail-turns` and `worker-stop` hold it within one process, and for jobs.
describe.runIf(THOROUGH)("a worker that is asked to stop", () => {
  const sent = () =>
    runSql<{ count: number }>(app.databaseUrl, "SELECT count(*)::int FROM mail WHERE state = 'SENT'");

  it("hands on its turn with what is not sent, and another goes on with it", async () => {
    const [{ count: waiting } = { count: 0 }] = await runSql<{ count: number }>(
      app.databaseUrl,
      "SELECT count(*)::int FROM mail WHERE state = 'WAITING'",
    );
    expect(waiting).toBeGreaterThan(5);
    provider.always("hang");
    await app.startWorker();
    await provider.arrived(1);
    await app.stopWorker();
    expect(endOf("worker")).toMatchObject({ event: "stopped" });
    provider.always("accept");
    await app.startWorker();
    await expect.poll(async () => (await sent())[0]?.count, { timeout: 60_000 }).toBe(waiting);
    expect(new Set(provider.accepted.map(({ to }) => String(to))).size).toBe(waiting);
    expect(provider.accepted).toHaveLength(waiting);
  });
});
