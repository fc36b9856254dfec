import { resolve } from "node:path";
import { z } from "zod";
import { ConfigurationError } from "@/lib/errors";
import { areProxies } from "@/lib/http/client-address";

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });

const port = z.coerce.number({ message: "must be a number" }).int().min(1).max(65_535);

/** An address alone or with a name before it: `Letters <letters@example.org>`. */
const sender = z.string().regex(/^(?:[^<>\p{Cc}]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u, {
  message: "must be an email address, with or without a name: Letters <letters@example.org>",
});

const isOrigin = (text: string) => {
  if (!URL.canParse(text)) return true;
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === "/" && !(search || hash || username || password);
};

const listed = (text: string) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

/** The answer of a site that clients connect to directly. */
const NO_PROXY = "none";

const schema = z.object({
  DATABASE_URL: url(["postgresql:", "postgres:"]),
  PUBLIC_URL: url(["https:", "http:"]).refine(isOrigin, { message: "must be an address without a path" }),
  ENCRYPTION_KEY: z.string().refine((text) => /^[A-Za-z0-9+/]{43}=$/.test(text), {
    message: "must be 32 random bytes in base64: openssl rand -base64 32",
  }),
  MAIL_FROM: sender,
  ADMIN_EMAILS: z
    .string()
    .default("")
    .refine((text) => listed(text).every((one) => /^[^\s@]+@[^\s@]+$/.test(one)), {
      message: "must be email addresses with commas between them",
    }),
  ADMIN_SECOND_FACTOR: z
    .enum(["required", "optional"], { message: "must be required or optional" })
    .optional(),
  RESEND_API_KEY: z.string().min(1).optional(),
  RESEND_BASE_URL: url(["https:", "http:"]).optional(),
  SMTP_URL: url(["smtp:", "smtps:"]).optional(),
  MAIL_RATE: z.coerce.number({ message: "must be a number" }).min(0.01).max(1_000).optional(),
  RESEND_WEBHOOK_SECRET: z
    .string()
    .regex(/^(?:whsec_)?[A-Za-z0-9+/]{16,}={0,2}$/, {
      message: "must be the secret as Resend shows it: whsec_…",
    })
    .optional(),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(3000),
  TRUSTED_PROXIES: z
    .string()
    .refine((text) => text.trim() === NO_PROXY || areProxies(listed(text)), {
      message:
        "must be IP addresses or CIDR ranges with commas between them, or loopback, linklocal, uniquelocal, or none",
    })
    .optional(),
  STATE_DIR: z.string().default(".data/state"),
  QUIET_HOUR: z.coerce.number({ message: "must be a number" }).int().min(0).max(23).default(3),
  METRICS_TOKEN: z.string().min(16, { message: "must have at least 16 characters" }).optional(),
  LOG_FORMAT: z.enum(["json", "short"], { message: "must be json or short" }).default("json"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      message: "must be debug, info, warn, error or silent",
    })
    .optional(),
});

/** Every variable that the program reads, for what sets them: `deploy/`. */
export const VARIABLES = Object.keys(schema.shape) as (keyof typeof schema.shape)[];

/** What `deploy/` has in the places that somebody must fill in. */
const EXAMPLE = "CHANGE-ME";

/** By how much waiting is shortened: for tests that wait for a deadline, and no setting of the program's. */
export const HURRY = Number(process.env.UNDERSIGNED_HURRY ?? 1);

/** The configuration of a process; `.env.example` documents each field. */
export type Env = {
  databaseUrl: string;
  /** Where readers reach the site, without a slash at the end. */
  publicUrl: string;
  /** 32 bytes. */
  encryptionKey: Uint8Array;
  mailFrom: string;
  adminEmails: string[];
  /** Whether every administrator must have a passkey; anyone who has one always uses it. */
  secondFactorRequired: boolean;
  resendApiKey?: string;
  resendBaseUrl?: string;
  smtpUrl?: string;
  /** Calls of the mail provider per second, over all workers; its own rule where it is not said. */
  mailRate?: number;
  /** By which events of the mail provider are known to be its own; without it none are taken. */
  resendWebhookSecret?: string;
  host: string;
  port: number;
  /** Whose `X-Forwarded-For` is believed: addresses, CIDR ranges, or names of ranges. */
  trustedProxies: string[];
  /** A folder outside the database that all processes share, as an absolute path; it may not be there yet. */
  stateDir: string;
  /** The hour of the day, in UTC, in which erased data are taken out of the database's files. */
  quietHour: number;
  /** Opens /api/metrics, which is not there without it. */
  metricsToken?: string;
  logFormat: "json" | "short";
  /** Of the format unless set: `info` for json, `warn` for short. */
  logLevel?: "debug" | "info" | "warn" | "error" | "silent";
};

/**
 * Reads the configuration.
 * @param source the variables, as in `process.env`; empty ones count as missing
 * @throws ConfigurationError that lists everything missing or malformed at once
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => describe(String(issue.path[0]), issue.message, given));
  for (const name of VARIABLES)
    if (given[name]?.includes(EXAMPLE))
      problems.push(`${name}: still has the example’s value. Replace ${EXAMPLE}`);
  if (!given.RESEND_API_KEY && !given.SMTP_URL) problems.push("RESEND_API_KEY or SMTP_URL: set one of them");
  // A proxy that speaks TLS for this program hides every client; only the operator knows its address.
  if (/^\s*https:/i.test(given.PUBLIC_URL ?? "") && !given.TRUSTED_PROXIES)
    problems.push(
      "TRUSTED_PROXIES: is missing. Set it to the address of the proxy that handles TLS, such as 127.0.0.1 or " +
        "10.0.0.0/8. Set it to none if there is no proxy",
    );
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems);
  return toEnv(parsed.data);
}

function describe(name: string, message: string, given: Record<string, unknown>): string {
  return name in given ? `${name}: ${message}` : `${name}: is missing`;
}

function toEnv(data: z.output<typeof schema>): Env {
  return {
    databaseUrl: data.DATABASE_URL,
    publicUrl: data.PUBLIC_URL.replace(/\/+$/, ""),
    encryptionKey: new Uint8Array(Buffer.from(data.ENCRYPTION_KEY, "base64")),
    mailFrom: data.MAIL_FROM,
    adminEmails: listed(data.ADMIN_EMAILS),
    secondFactorRequired: data.ADMIN_SECOND_FACTOR
      ? data.ADMIN_SECOND_FACTOR === "required"
      : data.PUBLIC_URL.startsWith("https:"),
    resendApiKey: data.RESEND_API_KEY,
    resendBaseUrl: data.RESEND_BASE_URL,
    smtpUrl: data.SMTP_URL,
    mailRate: data.MAIL_RATE,
    resendWebhookSecret: data.RESEND_WEBHOOK_SECRET,
    host: data.HOST,
    port: data.PORT,
    quietHour: data.QUIET_HOUR,
    stateDir: resolve(data.STATE_DIR),
    trustedProxies: listed(data.TRUSTED_PROXIES ?? NO_PROXY).filter((one) => one !== NO_PROXY),
    metricsToken: data.METRICS_TOKEN,
    logFormat: data.LOG_FORMAT,
    logLevel: data.LOG_LEVEL,
  };
}

let current: Env | undefined;

/** The configuration of this process, read once. @throws ConfigurationError */
export function env(): Env {
  current ??= readEnv(process.env);
  return current;
}
