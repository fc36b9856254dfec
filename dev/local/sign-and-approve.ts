import { admit } from "@/lib/auth/admin";
import { db } from "@/lib/db/client";
import { decrypt } from "@/lib/encryption/encrypt";
import { env } from "@/lib/env";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { decryptMailboxKey } from "@/lib/signatures/confirmation-link";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";

/** Signs, confirms and approves, as a visitor, a mailbox and a moderator would. */
export async function signAndApprove(slug: string, input: SignatureInput, now: Date): Promise<void> {
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
