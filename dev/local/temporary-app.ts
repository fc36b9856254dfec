import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { prepareDatabase } from "@/bin/launch/database";
import { endProcess, program, spawnService } from "@/bin/launch/services";
import { mailboxService } from "./mailbox-service";
import { freePort } from "./ports";
import { loadSampleIfEmpty } from "./prepare";

import { startTemporaryPostgres } from "./temporary-postgres";

/** The program with the sample letter and a database of its own, for the time that something is measured or pictured. */
export type TemporaryApp = { url: string; mailboxUrl: string };

type TemporaryOptions = {
  /** A worker and a mailbox too. */
  mail: boolean;
  environment?: Record<string, string>;
};

/** Starts it on free ports from the build that is there, and takes everything down again. */
export async function withTemporaryApp(
  options: TemporaryOptions,
  use: (app: TemporaryApp) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp("/var/tmp/undersigned-");
  const postgres = await startTemporaryPostgres({});
  try {
    await withServices(folder, postgres.url("postgres"), options, use);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function withServices(
  folder: string,
  databaseUrl: string,
  options: TemporaryOptions,
  use: (app: TemporaryApp) => Promise<void>,
) {
  const [port, mailboxPort, smtpPort] = [await freePort(), await freePort(), await freePort()];
  const app = { url: `http://localhost:${port}`, mailboxUrl: `http://127.0.0.1:${mailboxPort}` };
  const environment = {
    ...configuration(app.url, databaseUrl, port, smtpPort),
    STATE_DIR: join(folder, "state"),
    ...options.environment,
  };
  Object.assign(process.env, environment);
  await prepareDatabase(databaseUrl);
  await loadSampleIfEmpty(environment);
  const service = (name: "web" | "worker") => ({
    name,
    command: program(name),
    env: { ...process.env, ...environment },
  });
  const services = [spawnService(service("web"))];
  if (options.mail) {
    services.push(spawnService(service("worker")));
    services.push(spawnService(await mailboxService(join(folder, "mail"), mailboxPort, smtpPort)));
  }
  try {
    await untilAnswers(`${app.url}/api/ready`);
    if (options.mail) await untilAnswers(`${app.mailboxUrl}/api/email?limit=1`);
    await use(app);
  } finally {
    await Promise.all(services.map(endProcess));
  }
}

function configuration(
  url: string,
  databaseUrl: string,
  port: number,
  smtpPort: number,
): Record<string, string> {
  return {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: url,
    PORT: String(port),
    HOST: "127.0.0.1",
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    ADMIN_EMAILS: "admin@example.org",
    MAIL_FROM: "Letters <letters@example.org>",
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
  };
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await pause(100);
  }
  throw new Error(`Nothing answered at ${url}.`);
}
