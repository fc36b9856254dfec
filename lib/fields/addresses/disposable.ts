import { disposableEmailBlocklist } from "disposable-email-domains-js";
import { asciiDomain } from "@/lib/fields/websites/domain";

const DISPOSABLE = new Set(disposableEmailBlocklist());

/**
 * Whether mailboxes at a domain or at one above it are made to be thrown away. The list is the npm package
 * disposable-email-domains-js (CC0). For the server only: it is large.
 */
export function isDisposable(domain: string): boolean {
  const labels = asciiDomain(domain)?.split(".") ?? [];
  return labels.some((_, first) => DISPOSABLE.has(labels.slice(first).join(".")));
}
