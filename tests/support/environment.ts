import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A deployment's configuration without any service that could be reached. */
export const TEST_ENVIRONMENT = {
  DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:1/none",
  PUBLIC_URL: "http://letters.test",
  ENCRYPTION_KEY: "dGVzdHMgdXNlIHRoaXMga2V5IGFuZCBubyBvdGhlciE=",
  MAIL_FROM: "Letters <letters@letters.test>",
  ADMIN_EMAILS: "admin@example.org",
  SMTP_URL: "smtp://127.0.0.1:1",
  HOST: "127.0.0.1",
  PORT: "3000",
  STATE_DIR: join(tmpdir(), `undersigned-state-${process.pid}`),
};

// Once for all files of a worker.
const worker = globalThis as { [slot: symbol]: unknown };
worker[Symbol.for("tests.state-folder")] ??= process.once("exit", () =>
  rmSync(TEST_ENVIRONMENT.STATE_DIR, { recursive: true, force: true }),
);
for (const name of ["RESEND_API_KEY", "RESEND_BASE_URL"]) delete process.env[name];
Object.assign(process.env, TEST_ENVIRONMENT);
