import { isFreeMail } from "@/lib/fields/addresses/free-mail";
import { mailDomain } from "@/lib/fields/addresses/rules";
import type { Looks } from "@/lib/fields/names/near-keys";
import { skeletonOf } from "@/lib/fields/names/skeleton";
import { siteSkeleton } from "@/lib/fields/websites/site-skeleton";
import type { SignatoryFields } from "@/lib/signatures/signatory-fields";

/** What a signature looks like to those who read it: its name, the domains of its website and of its own mailbox. */
export function looksOf({ email, fields }: { email: string; fields: SignatoryFields }): Looks {
  const domain = mailDomain(email);
  const addresses = [isFreeMail(domain) ? null : domain, fields.website];
  const sites = addresses.flatMap((address) => (address && siteSkeleton(address)) || []);
  return { names: [skeletonOf(fields.name)], sites: [...new Set(sites)] };
}
