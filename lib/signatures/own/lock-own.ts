import type { Tx } from "@/lib/db/client";
import { DomainError } from "@/lib/errors";
import { lockSubjects, type Subject } from "@/lib/signatures/engine/subject";
import { managedBy } from "@/lib/signatures/own/manage-link";

/** One of the signatures that a link manages, as its page named it. */
export type Own = { token: string; id: string; now: Date };

/**
 * Locks the signature first, as everybody does, and looks then whether the link leads to it.
 * @throws DomainError `not-found` where it does not, or no longer
 */
export async function lockOwn(tx: Tx, { token, id }: Own): Promise<Subject> {
  const [subject] = await lockSubjects(tx, [id]);
  const managed = await managedBy(tx, token);
  const found = managed && (await tx.signature.count({ where: { AND: [managed, { id }] } }));
  if (!subject || !found || subject.erased) throw new DomainError("not-found");
  return subject;
}
