import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { signatureBehindToken } from "@/lib/signatures/queries";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter } from "../support/letters";
import { queuedMails, queuedToken } from "../support/queued-mails";

// `npm run races` asks for 200.
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 20);
const PARALLEL = 100;

const spelling = (place: number, round: number) => {
  const name = place % 2 ? `Racer${round}` : `racer${round}`;
  return `${name}${place % 3 ? `+${place}` : ""}@Example.org`;
};

describe(`${PARALLEL} at once, ${ROUNDS} rounds`, () => {
  it("submissions of one address end in one row and one mail; confirmations in one transition; looks in none", async () => {
    const letter = await openLetter();
    for (let round = 0; round < ROUNDS; round++) await oneRound(letter, round);
  }, 600_000);
});

async function oneRound({ id: letterId, slug }: { id: string; slug: string }, round: number): Promise<void> {
  const inputs = Array.from({ length: PARALLEL }, (_, place) =>
    individual({ email: spelling(place, round) }),
  );
  await Promise.all(inputs.map((input) => signLetter({ slug, locale: "en", input, now: NOW })));
  const rows = await db.signature.findMany({ where: { letterId, state: "PENDING" } });
  expect(rows).toHaveLength(1);
  const [{ id, revision } = { id: "", revision: 0 }] = rows;
  expect(revision).toBe(PARALLEL);
  // Later rounds find a letter under pressure: their mail waits for its turn.
  const held = await db.heldMail.count({ where: { signatureId: id } });
  expect((await queuedMails(id)).length + held).toBe(1);

  const token = await queuedToken(id);
  const looks = await Promise.all(inputs.map(() => signatureBehindToken(db, token, later(1))));
  expect(looks.every(({ state }) => state === "pending")).toBe(true);
  expect(await db.signature.findUnique({ where: { id } })).toMatchObject({ state: "PENDING", revision });

  const confirmed = await Promise.allSettled(
    inputs.map(() => confirmSignature({ token, revision, now: later(1) })),
  );
  expect(confirmed.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await db.auditEntry.count({ where: { signatureId: id, action: "signature.verify" } })).toBe(1);
}
