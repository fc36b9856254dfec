import providers from "email-providers/all.json" with { type: "json" };
import { asciiDomain } from "@/lib/fields/websites/domain";

// Free providers that activists and journalists use and that the package does not list.
const MORE = `
  tuta.com tuta.io tutanota.com tutanota.de tutamail.com keemail.me riseup.net disroot.org posteo.de posteo.net
  autistici.org systemli.org murena.io e.email mailfence.com startmail.com skiff.com duck.com yandex.by yandex.kz
`;

const FREE = new Set([...providers, ...MORE.trim().split(/\s+/)]);

/**
 * Whether anybody can have a mailbox at a domain or at one above it, so that an address there ties nobody to an
 * organisation. The list is the npm package email-providers (ISC), with a few additions. For the server only: it is large.
 */
export function isFreeMail(domain: string): boolean {
  const labels = asciiDomain(domain)?.split(".") ?? [];
  return labels.some((_, first) => FREE.has(labels.slice(first).join(".")));
}

/** Whether one of the known free providers is what a test looks for. */
export function someFreeMail(test: (domain: string) => boolean): boolean {
  return [...FREE].some(test);
}
