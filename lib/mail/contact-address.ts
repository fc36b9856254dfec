import { env } from "@/lib/env";

/** Where people can write to: the address that mails come from, without its name. */
export function contactAddress(): string {
  const from = env().mailFrom;
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}
