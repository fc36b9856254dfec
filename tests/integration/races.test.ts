import { describe, expect, it } from "vitest";
import { LIMITS, WAITING_ENTRIES } from "@/lib/abuse/limits/limits";
import { db } from "@/lib/db/client";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { MOST_INDIVIDUALS } from "@/lib/signatures/places";
import { behindLink } from "@/lib/signatures/queries";
import type { SignatureInput } from "@/lib/signatures/schemas";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter } from "../support/letters";
import { queuedMails, queuedToken } from "../support/queued-mails";
import { rounds } from "../support/tier";

const ROUNDS = rounds(1, 200);
const PARALLEL = 100;

// More than a letter has in ten minutes without the anti-spam check, which has tests of its own.
LIMITS.signingsOfLetter.points = 1_000_000;

const all = <T>(make: (place: number) => T): T[] =>
  Array.from({ length: PARALLEL }, (_, place) => make(place));
const won = (results: PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === "fulfilled").length;
const refusals = (results: PromiseSettledResult<unknown>[]) =>
  new Set(results.flatMap((result) => (result.status === "rejected" ? result.reason.code : [])));

const BUSY =
  /timeout exceeded when trying to connect|Unable to start a transaction|canceling statement due to/;

/** Signs as a browser does: what a busy machine had no connection for is sent again, and nothing else. */
async function sign(slug: string, input: SignatureInput): Promise<void> {
  await signLetter({ slug, locale: "en", input, now: NOW }).catch((error: Error) => {
    if (!BUSY.test(error.message)) throw error;
    return sign(slug, input);
  });
}

describe(`${PARALLEL} at once, rounds: ${ROUNDS}`, () => {
  it("equal submissions end in one row and one mail; confirmations in one transition; looks in none", async () => {
    const letter = await openLetter();
    for (let round = 0; round < ROUNDS; round++) await equalOnes(letter, round);
  }, 600_000);

  it("submissions of one mailbox with other contents overwrite nothing, and two of them are confirmed", async () => {
    const letter = await openLetter();
    for (let round = 0; round < ROUNDS; round++) await differentOnes(letter, round);
  }, 600_000);
});

type Letter = { id: string; slug: string };

async function equalOnes({ id: letterId, slug }: Letter, round: number): Promise<void> {
  const spelling = (place: number) => `${place % 2 ? "Racer" : "racer"}${round}@Example.org`;
  const inputs = all((place) => individual({ email: spelling(place) }));
  await Promise.all(inputs.map((input) => sign(slug, input)));
  const rows = await db.signature.findMany({ where: { letterId, state: "PENDING" } });
  expect(rows).toHaveLength(1);
  const [{ id, revision } = { id: "", revision: 0 }] = rows;
  expect(await queuedMails(id)).toHaveLength(1);

  const token = await queuedToken(id);
  const looks = await Promise.all(inputs.map(() => behindLink(db, token, later(1))));
  expect(looks.every(({ state }) => state === "open")).toBe(true);
  expect(await db.signature.findUnique({ where: { id } })).toMatchObject({ state: "PENDING", revision });

  const confirmed = await Promise.allSettled(
    inputs.map(() => confirmSignature({ id, token, revision, now: later(1) })),
  );
  expect(won(confirmed)).toBe(1);
  expect(await db.auditEntry.count({ where: { signatureId: id, action: "signature.verify" } })).toBe(1);
}

async function differentOnes({ id: letterId, slug }: Letter, round: number): Promise<void> {
  // As many as one network may leave waiting, each ten times, over all spellings of one mailbox.
  const content = (place: number) => place % WAITING_ENTRIES.network;
  const input = (place: number) =>
    individual({ email: `swapper${round}+${content(place)}@example.org`, name: `Ada ${content(place)}` });
  await Promise.all(all((place) => sign(slug, input(place))));
  const rows = await db.signature.findMany({ where: { letterId, state: "PENDING" } });
  expect(rows).toHaveLength(WAITING_ENTRIES.network);

  const entries: { id: string; token: string }[] = [];
  for (const { id } of rows) entries.push({ id, token: await queuedToken(id) });
  const confirmed = await Promise.allSettled(
    entries.map((entry) => confirmSignature({ ...entry, revision: 1, now: later(1) })),
  );
  // Of many people in one mailbox two may sign.
  expect(won(confirmed)).toBe(MOST_INDIVIDUALS);
  expect(refusals(confirmed)).toEqual(new Set(["already-signed"]));
  expect(await db.signature.count({ where: { letterId, state: "VERIFIED", claim: { not: null } } })).toBe(
    (round + 1) * MOST_INDIVIDUALS,
  );
  await db.signature.deleteMany({ where: { letterId, state: "PENDING" } });
}
