import { mkdir } from "node:fs/promises";
import { program, type ServiceOptions } from "@/bin/launch/services";

/** MailDev on loopback: a real SMTP server whose mail can be read in a browser or as JSON. */
export async function mailboxService(folder: string, web: number, smtp: number): Promise<ServiceOptions> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    name: "mailbox",
    command: program("dev/mailbox", String(web), String(smtp), folder),
    env: process.env,
    readyAt: `http://127.0.0.1:${web}/api/email?limit=1`,
  };
}
