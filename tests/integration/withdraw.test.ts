import { expect, it } from "vitest";
import { admit } from "@/lib/auth/admin";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { readPublicList } from "@/lib/signatories/public-list";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { heldBy } from "@/lib/signatures/held-by";
import { signLetter } from "@/lib/signatures/sign-letter";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { queuedToken } from "../support/queued-mails";

it("takes a mailbox's signatures off the list and out of the counts, erases the person, and frees the mailbox", async () => {
  const letter = await openLetter();
  const inputs = [individual(), organisation(), individual({ email: "other@example.org" })];
  const admin = await admit("admin@example.org", NOW);
  if (!admin) throw new Error("no admin");
  for (const input of inputs) {
    await signLetter({ slug: letter.slug, locale: "en", input, now: NOW });
    const { id } = await db.signature.findFirstOrThrow({
      where: { letterId: letter.id },
      orderBy: { id: "desc" },
    });
    await confirmSignature({ id, token: await queuedToken(id), revision: 1, now: NOW });
    const seen = { signatureId: id, state: "VERIFIED", revision: 1 } as const;
    await approveSignature({ admin, seen, now: NOW, asExpert: false });
  }
  expect(await readTally(db, letter.id)).toMatchObject({ organisations: 1, individuals: 2 });

  const held = await heldBy("Ada+y@example.org");
  expect(held).toMatchObject([
    { kind: "INDIVIDUAL", name: "Ada Exampleton", state: "APPROVED" },
    { kind: "ORGANISATION", state: "APPROVED" },
  ]);
  const [other] = await heldBy("other@example.org");
  const nobodys = { email: "ada@example.org", ids: [other?.id ?? ""], now: later(5) };
  expect(await withdrawSignatures(nobodys)).toBe(0);
  const ids = held.map(({ id }) => id);
  expect(await withdrawSignatures({ email: "ADA+x@example.org", ids: ids.slice(0, 1), now: later(4) })).toBe(
    1,
  );
  expect((await heldBy("ada@example.org")).map(({ id }) => id)).toEqual(ids.slice(1));
  expect(await withdrawSignatures({ email: "ADA+x@example.org", now: later(5) })).toBe(1);
  expect(await db.letter.findUnique({ where: { id: letter.id } })).toMatchObject({ updatedAt: later(5) });

  expect(await readTally(db, letter.id)).toMatchObject({ organisations: 0, countries: 0, individuals: 1 });
  expect(await recount(false, NOW)).toEqual([]);
  const { signatories } = await readPublicList(db, letter.id, {}, {}, 10);
  expect(signatories).toHaveLength(1);
  const gone = await db.signature.findMany({
    where: { letterId: letter.id, state: "WITHDRAWN" },
    include: { key: true },
  });
  for (const row of gone) expect(row).toMatchObject({ key: null, address: null, claim: null, listing: null });
  expect(await withdrawSignatures({ email: "ada@example.org", now: NOW })).toBe(0);
  await signLetter({ slug: letter.slug, locale: "en", input: individual(), now: NOW });
  expect(await db.signature.count({ where: { letterId: letter.id, state: "PENDING" } })).toBe(1);
});
