import { bySystem } from "@/lib/auth/context";
import { db } from "@/lib/db/client";
import { publishLetter } from "@/lib/letters/publish-letter";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { parseSignature } from "@/lib/signatures/schemas";
import { siteNow } from "@/lib/site/queries";
import { markOf, missingOf, partOf, textsIn } from "@/lib/site/rules";
import { saveSite, saveSiteTexts } from "@/lib/site/save-site";
import { sampleLetter } from "@/prisma/sample/letter";
import { SAMPLE_EXPERTS, SAMPLE_ORGANISATIONS } from "@/prisma/sample/signatories";
import { SAMPLE_ORGANISER, SAMPLE_TEXTS } from "@/prisma/sample/site";
import { signAndApprove } from "./local/sign-and-approve";

/** What each invented signatory would have typed, in the form's own words. */
function sampleInputs(): SignatureInput[] {
  const organisations = SAMPLE_ORGANISATIONS.map(({ name, country, representative, role }, place) =>
    parsed("ORGANISATION", {
      organisationName: name,
      website: `https://organisation-${place + 1}.example.org/`,
      country,
      representativeName: representative,
      representativeRole: role,
      email: `representative@organisation-${place + 1}.example.org`,
      authority: "on",
    }),
  );
  const experts = SAMPLE_EXPERTS.map(({ name, ...fields }, place) =>
    parsed("INDIVIDUAL", { fullName: name, ...fields, email: `expert-${place + 1}@university.example.org` }),
  );
  return [...organisations, ...experts];
}

function parsed(kind: "ORGANISATION" | "INDIVIDUAL", values: Record<string, string>): SignatureInput {
  const result = parseSignature(kind, { ...values, visibility: "public", consent: "on" });
  if (!result.ok) throw new Error(`the sample is malformed: ${JSON.stringify(result.errors)}`);
  return result.data;
}

/** Says who runs the site, where nobody has. */
async function nameOrganiser(now: Date): Promise<void> {
  const site = await siteNow(db);
  if (missingOf(site).length === 0) return;
  await saveSite(bySystem(now), "organiser", SAMPLE_ORGANISER, markOf(partOf(site, "organiser")));
  await saveSiteTexts(bySystem(now), SAMPLE_TEXTS, markOf(textsIn(site, SAMPLE_TEXTS.locale)));
}

/**
 * Loads the sample letter into a database that has no letter, through the verbs that the app uses. Nobody reads the
 * mails to its invented mailboxes, so they are not sent.
 */
async function seed(now: Date): Promise<void> {
  if ((await db.letter.count()) > 0) return;
  await nameOrganiser(now);
  const letter = sampleLetter(now);
  await publishLetter(letter, now);
  for (const input of sampleInputs()) await signAndApprove(letter.slug, input, now);
  await db.mail.deleteMany();
  // Nor do they put the letter under pressure.
  await db.rateLimit.deleteMany();
}

await seed(new Date());
await db.$disconnect();
