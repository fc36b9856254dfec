import { admit } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { env } from "@/lib/env";
import { publishLetter } from "@/lib/letters/publish-letter";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { decryptMailboxKey } from "@/lib/signatures/confirmation-link";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { parseSignature } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { sampleLetter } from "@/prisma/sample/letter";
import { SAMPLE_EXPERTS, SAMPLE_ORGANISATIONS } from "@/prisma/sample/signatories";

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
  return result.input;
}

/** Signs, confirms and approves, as a visitor, a mailbox and a moderator would. */
async function sign(slug: string, input: SignatureInput, now: Date): Promise<void> {
  await signLetter({ slug, locale: "en", input, now });
  const signature = await db.signature.findFirstOrThrow({
    where: { state: "PENDING" },
  });
  await confirmSignature({
    id: signature.id,
    token: await mailedToken(signature.mailboxHash ?? ""),
    revision: 1,
    now,
  });
  const admin = await admit(env().adminEmails[0] ?? "", now);
  if (!admin) throw new Error("the sample needs a first address in ADMIN_EMAILS");
  const seen = { signatureId: signature.id, state: "VERIFIED", revision: 1 } as const;
  await approveSignature({ admin, seen, now, asExpert: input.kind === "INDIVIDUAL" });
}

/** The token on its way to the mailbox. */
async function mailedToken(mailboxHash: string): Promise<string> {
  const { payload } = await db.mail.findFirstOrThrow({ where: { mailboxHash, state: "WAITING" } });
  const { wrapped } = await db.mailbox.findUniqueOrThrow({ where: { hash: mailboxHash } });
  const { encryptedToken } = payload as { encryptedToken: string };
  return decrypt(decryptMailboxKey(mailboxHash, wrapped), "mail.token", encryptedToken);
}

/**
 * Loads the sample letter into a database that has no letter, through the verbs that the app uses. Nobody reads the
 * mails to its invented mailboxes, so they are not sent.
 */
async function seed(now: Date): Promise<void> {
  if ((await db.letter.count()) > 0) return;
  const letter = sampleLetter(now);
  await publishLetter(letter, now);
  for (const input of sampleInputs()) await sign(letter.slug, input, now);
  await db.mail.deleteMany();
  // Nor do they put the letter under pressure.
  await db.rateLimit.deleteMany();
}

await seed(new Date());
await db.$disconnect();
