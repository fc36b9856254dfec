import { db } from "@/lib/db/client";
import { makeManageLink } from "@/lib/signatures/own/manage-link";

/** The token of a link to a signature, as its mailbox would be mailed it. */
export async function manageLinkTo(id: string): Promise<string> {
  const token = await makeManageLink(
    await db.signature.findUniqueOrThrow({ where: { id }, select: { id: true, spellingHash: true } }),
  );
  if (!token) throw new Error("it has moved meanwhile");
  return token;
}
