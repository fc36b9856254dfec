import { MAIL_LIMITS, RAISE } from "@/lib/abuse/limits/limits";
import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { decryptDataKey } from "@/lib/encryption/keys";
import { mailDomain } from "@/lib/fields/addresses/rules";
import { registrableDomain } from "@/lib/fields/websites/registrable-domain";
import { type HeldDomain, limitsReached } from "@/lib/signatures/limits-reached";

/** A domain for which mails wait, as moderators see it. */
export type HeldDomainLine = Omit<HeldDomain, "key" | "addressHash"> & {
  /** Null where its person was erased meanwhile. */
  domain: string | null;
  /** Whether it is about signatures without the proof of work that was wanted. */
  unchecked: boolean;
  /** What the button makes of the limit. */
  raised: number;
};

/** The mails that wait for a limit: how many in all, and the domains whose day's mails are used up. */
export async function heldMailLines(
  admin: Admin,
  now: Date,
): Promise<{ held: number; domains: HeldDomainLine[] }> {
  assertMay(admin, "mail.read");
  const { held, domains } = await limitsReached(now);
  const names = await domainsOf(domains.map(({ addressHash }) => addressHash));
  const lines = domains.map(({ key, addressHash, ...domain }) => ({
    ...domain,
    domain: names.get(addressHash) ?? null,
    unchecked: !key.startsWith(`${MAIL_LIMITS.domain.kind}:`),
    raised: domain.count * RAISE.times,
  }));
  return { held: held.checked + held.unchecked, domains: lines };
}

async function domainsOf(hashes: string[]): Promise<Map<string, string>> {
  const rows = await db.signature.findMany({
    where: { addressHash: { in: hashes } },
    distinct: "addressHash",
    select: { id: true, addressHash: true, address: true, key: { select: { wrapped: true } } },
  });
  return new Map(
    rows.flatMap(({ id, addressHash, address, key }): [string, string][] => {
      if (!addressHash || !address || !key) return [];
      const host = mailDomain(decrypt(decryptDataKey(id, key.wrapped), "signature.address", address));
      return [[addressHash, registrableDomain(host) ?? host]];
    }),
  );
}
