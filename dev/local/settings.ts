import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { StartError } from "@/bin/launch/start-error";
import type { DataFolder } from "./data-folder";
import { freePort, isFree } from "./ports";

/** Mail goes to the local mailbox unless a way out is configured. */
export const hasOwnMail = () => Boolean(process.env.RESEND_API_KEY?.trim() || process.env.SMTP_URL?.trim());

type Ports = { web: number; mailbox: number; smtp: number };

/** The ports of the local services as configured, whether free or not. @throws StartError */
export function configuredPorts(): Ports {
  return {
    web: portOf("PORT", 3000),
    mailbox: portOf("MAILBOX_PORT", 1080),
    smtp: portOf("MAILBOX_SMTP_PORT", 1025),
  };
}

function portOf(name: string, standard: number): number {
  const text = process.env[name]?.trim();
  if (!text) return standard;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new StartError(`${name} must be a port from 1 to 65535, not "${text}".`);
}

/**
 * The ports that a start takes. Nobody types the SMTP port: if it is busy, another one does.
 * @param patience how long in milliseconds a busy port may take to become free
 * @throws StartError that names the busy port and the variable to change
 */
export async function freePorts(patience: number): Promise<Ports> {
  const ports = configuredPorts();
  const limit = Date.now() + patience;
  await demandFree(ports.web, "PORT", limit);
  if (hasOwnMail()) return ports;
  await demandFree(ports.mailbox, "MAILBOX_PORT", limit);
  if (await isFree(ports.smtp)) return ports;
  if (process.env.MAILBOX_SMTP_PORT) await demandFree(ports.smtp, "MAILBOX_SMTP_PORT", limit);
  return { ...ports, smtp: await freePort() };
}

async function demandFree(port: number, variable: string, limit: number): Promise<void> {
  while (!(await isFreeForUs(port)) && Date.now() < limit) await pause(200);
  if (await isFreeForUs(port)) return;
  const other = port > 60_000 ? port - 1 : port + 1;
  throw new StartError(
    `Port ${port} is busy or not allowed. Stop what uses it, or choose another: ${variable}=${other} npm start`,
  );
}

/** `localhost` means both addresses: who listens on the other one would be taken for us. */
const isFreeForUs = async (port: number) => (await isFree(port)) && (await isFree(port, "::1"));

/** A deployment's whole configuration, for services of this machine only. */
export function localEnvironment(
  data: DataFolder,
  databaseUrl: string,
  ports: Ports,
): Record<string, string> {
  const standard = {
    HOST: "127.0.0.1",
    PUBLIC_URL: `http://localhost:${ports.web}`,
    ENCRYPTION_KEY: data.encryptionKey,
    ADMIN_EMAILS: "admin@example.org",
    MAIL_FROM: "Undersigned <letters@example.org>",
    LOG_FORMAT: "short",
    STATE_DIR: join(data.path, "state"),
    TRUSTED_PROXIES: "none",
    ...(hasOwnMail() ? {} : { SMTP_URL: `smtp://127.0.0.1:${ports.smtp}` }),
  };
  const given = Object.entries(standard).map(([name, value]) => [name, process.env[name]?.trim() || value]);
  return { ...Object.fromEntries(given), DATABASE_URL: databaseUrl, PORT: String(ports.web) };
}
