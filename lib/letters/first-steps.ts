import type { Admin } from "@/lib/auth/admin";
import { assertMay } from "@/lib/auth/assert-may";
import { db } from "@/lib/db/client";
import { missingParts } from "@/lib/letters/rules";
import { siteNow } from "@/lib/site/queries";
import { missingOf, type Needed } from "@/lib/site/rules";

/** How far a new site's owners have come. */
export type FirstSteps = {
  missing: Needed[];
  /** The newest letter, and whether its text has all its parts. */
  letter: { slug: string; written: boolean } | null;
};

/** What is to do before the first letter is published; null once one has been. @throws DomainError `forbidden` */
export async function firstSteps(admin: Admin): Promise<FirstSteps | null> {
  assertMay(admin, "letter.create");
  if (await db.letterVersion.findFirst({ select: { id: true } })) return null;
  const letter = await db.letter.findFirst({
    orderBy: { id: "desc" },
    select: {
      slug: true,
      locale: true,
      drafts: { select: { locale: true, title: true, standfirst: true, recipients: true, body: true } },
    },
  });
  const draft = letter?.drafts.find(({ locale }) => locale === letter.locale);
  const written = draft !== undefined && missingParts(draft).length === 0;
  return { missing: missingOf(await siteNow(db)), letter: letter && { slug: letter.slug, written } };
}
