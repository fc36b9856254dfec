import { publishLetter } from "@/lib/letters/publish-letter";
import type { SignatureInput } from "@/lib/signatures/schemas";

export const NOW = new Date("2026-11-23T12:00:00Z");

/** A time some minutes after the tests' now. */
export const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

let count = 0;

/** Publishes an open letter of its own for a test. */
export async function openLetter(
  {
    slug = `letter-${++count}`,
    ...times
  }: { slug?: string; closesAt?: Date | null; opensAt?: Date | null } = {},
  publishedAt = NOW,
) {
  const id = await publishLetter(
    {
      slug,
      organiserName: "Example Coalition",
      organiserUrl: null,
      locale: "en",
      featured: false,
      opensAt: later(-60),
      closesAt: null,
      ...times,
      texts: [
        { locale: "en", title: "Example Letter", standfirst: "First.", recipients: "To all", body: "Text." },
      ],
      links: [],
    },
    publishedAt,
  );
  return { id, slug };
}

/** What an individual submits. */
export function individual(changes: Partial<SignatureInput> & { name?: string } = {}): SignatureInput {
  const { name = "Ada Exampleton", ...rest } = changes;
  return {
    kind: "INDIVIDUAL",
    email: "ada@example.org",
    country: "GB",
    visibility: "PUBLIC",
    updates: false,
    comment: null,
    signatory: {
      name,
      title: "Dr",
      position: "Reader",
      affiliation: "University of Example",
      website: null,
      orcid: null,
      representativeName: null,
      representativeRole: null,
    },
    ...rest,
  };
}

/** What an organisation submits. */
export function organisation(changes: Partial<SignatureInput> & { name?: string } = {}): SignatureInput {
  const { name = "Example Foundation", ...rest } = changes;
  return {
    ...individual(),
    kind: "ORGANISATION",
    signatory: {
      name,
      title: null,
      position: null,
      affiliation: null,
      website: "https://foundation.example.org/",
      orcid: null,
      representativeName: "Robin Muster",
      representativeRole: "Director",
    },
    ...rest,
  };
}
