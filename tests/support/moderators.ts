import { ADMIN_COLUMNS, type Admin, admit, admitRow } from "@/lib/auth/admin";
import type { ConfirmedAdmin } from "@/lib/auth/confirmed-admin";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { adminHash } from "@/lib/auth/is-admin";
import { db } from "@/lib/db/client";
import type { Seen } from "@/lib/moderation/moderate";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import type { AdminRole } from "@/prisma/generated/enums";
import { NOW } from "./letters";
import { queuedToken } from "./queued-mails";

/** An administrator by the command line: a moderator, unless another role is asked for. */
export async function moderator(address = "mona@example.org", role?: AdminRole): Promise<Admin> {
  // Most are there already: granting and admitting them again takes ten statements more.
  const row = await db.admin.findUnique({
    where: { addressHash: adminHash(address) },
    select: ADMIN_COLUMNS,
  });
  const known = row?.granted && (role ?? row.role) === row.role && admitRow(row);
  if (known) return known;
  await grantAdmin(address, NOW, role);
  const admin = await admit(address, NOW);
  if (!admin) throw new Error("was not admitted");
  return admin;
}

/** The same, taken for one who has just proved the second factor. */
export async function freshModerator(address?: string, role?: AdminRole): Promise<ConfirmedAdmin> {
  return (await moderator(address, role)) as ConfirmedAdmin;
}

/** Signs and confirms; what a moderator then sees. */
export async function waitingSignature(slug: string, input: SignatureInput, now = NOW): Promise<Seen> {
  const before = await db.signature.findMany({ where: { letter: { slug } }, select: { id: true } });
  await signLetter({ slug, locale: "en", input, now });
  const known = before.map(({ id }) => id);
  const { id } = await db.signature.findFirstOrThrow({ where: { letter: { slug }, id: { notIn: known } } });
  await confirmSignature({ id, token: await queuedToken(id), revision: 1, now });
  return seeNow(id);
}

/** What a moderator sees of a signature now. */
export async function seeNow(id: string): Promise<Seen> {
  const { state, revision } = await db.signature.findUniqueOrThrow({ where: { id } });
  return { signatureId: id, state, revision };
}
