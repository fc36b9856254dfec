import { expect, it, vi } from "vitest";
import { bySystem } from "@/lib/auth/context";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { recheckFlags } from "@/lib/moderation/flags/recheck-flags";
import { markExpert } from "@/lib/moderation/mark-expert";
import { addToWatchlist } from "@/lib/moderation/watchlist/add-to-watchlist";
import { confirmSignature } from "@/lib/signatures/confirm-signature";
import { applyChange, applyChanges } from "@/lib/signatures/engine/apply-changes";
import { lockSubjects } from "@/lib/signatures/engine/subject";
import { expireSignatures } from "@/lib/signatures/expire-signatures";
import { signLetter } from "@/lib/signatures/sign-letter";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, waitingSignature } from "../support/moderators";
import { queuedToken } from "../support/queued-mails";
import { rounds } from "../support/tier";

const ROUNDS = rounds(2, 15);
const every = Array.from({ length: ROUNDS }, (_, round) => round);

const stored = (id: string) =>
  db.signature.findUniqueOrThrow({ where: { id }, include: { signatory: true } });
const refusals = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) =>
    result.status === "rejected" ? [result.reason.code ?? `${result.reason}`] : [],
  );

async function unconfirmed(slug: string, email: string) {
  await signLetter({ slug, locale: "en", input: individual({ email }), now: NOW });
  const { id } = await db.signature.findFirstOrThrow({
    where: { letter: { slug } },
    orderBy: { id: "desc" },
  });
  return { id, token: await queuedToken(id) };
}

/** Waits until a statement waits for a lock; no longer than a transaction may last. */
async function untilSomebodyWaits(): Promise<void> {
  const look = async () => {
    const waiting = await db.$queryRaw<unknown[]>`SELECT 1 FROM pg_locks WHERE NOT granted`;
    expect(waiting.length).toBeGreaterThan(0);
  };
  await vi.waitFor(look, { timeout: 6_000, interval: 20 });
}

/** In either order from round to round. */
const together = (round: number, acts: (() => Promise<unknown>)[]) =>
  Promise.allSettled((round % 2 ? acts.toReversed() : acts).map((act) => act()));

it("confirming beside expiring: one of them, and neither waits for the other in a circle", async () => {
  const { slug } = await openLetter();
  for (const round of every) {
    const { id, token } = await unconfirmed(slug, `expiring${round}@example.org`);
    await db.signature.update({ where: { id }, data: { expiresAt: NOW } });
    const results = await together(round, [
      () => confirmSignature({ id, token, revision: 1, now: NOW }),
      () => expireSignatures({ now: NOW }),
    ]);
    const { state } = await stored(id);
    const refused = refusals(results);
    expect([state, refused.length]).toEqual(state === "VERIFIED" ? ["VERIFIED", 0] : ["EXPIRED", 1]);
    for (const code of refused) expect(["conflict", "not-found"]).toContain(code);
  }
}, 120_000);

it("confirming or approving beside withdrawing: the person is erased, and the counts follow", async () => {
  const admin = await moderator();
  const { slug } = await openLetter();
  for (const round of every) {
    const emails = [`leaving${round}@example.org`, `approved${round}@example.org`] as const;
    const { id, token } = await unconfirmed(slug, emails[0]);
    const seen = await waitingSignature(slug, organisation({ email: emails[1], name: `Example ${round}` }));
    const results = await together(round, [
      () => confirmSignature({ id, token, revision: 1, now: NOW }),
      () => withdrawSignatures({ email: emails[0], now: NOW }),
      () => approveSignature({ admin, seen, asExpert: false, now: NOW }),
      () => withdrawSignatures({ email: emails[1], now: NOW }),
    ]);
    for (const code of refusals(results)) expect(["conflict", "not-found"]).toContain(code);
    for (const each of [id, seen.signatureId])
      expect(await stored(each)).toMatchObject({ state: "WITHDRAWN", listing: null, address: null });
  }
  expect(await recount(false, NOW)).toEqual([]);
}, 120_000);

it("an action keeps what another changed while it waited", async () => {
  const admin = await moderator();
  const { slug } = await openLetter();
  const seen = await waitingSignature(slug, individual({ email: "held@example.org" }));
  const { signatureId } = seen;
  let marking: Promise<void> | undefined;
  await db.$transaction(async (tx) => {
    const [subject] = await lockSubjects(tx, [signatureId]);
    if (!subject) throw new Error("no signature");
    marking = markExpert({ admin, seen, expert: true, now: later(1) });
    await untilSomebodyWaits();
    const held = { subject, action: "signature.block", after: { hold: "BLOCKED" } as const };
    await applyChange(tx, held, bySystem(NOW));
  });
  await marking;
  expect(await stored(signatureId)).toMatchObject({ hold: "BLOCKED", signatory: { expert: true } });
});

it("re-examining flags locks in the same order as actions on many", async () => {
  const admin = await moderator();
  const { id: letterId, slug } = await openLetter();
  const ids: string[] = [];
  for (const place of [1, 2]) {
    const input = individual({ email: `faked${place}@example.org`, name: "Known Faked" });
    ids.push((await waitingSignature(slug, input)).signatureId);
  }
  const [first = "", second = ""] = ids.sort();
  await addToWatchlist({ admin, letterId, watched: { name: "Known Faked", note: null }, now: NOW });
  // Now its row lies behind the other's, where a statement without an order comes to it later.
  await db.signature.update({ where: { id: first }, data: { updates: true } });
  let checking: Promise<number> | undefined;
  await db.$transaction(async (tx) => {
    await lockSubjects(tx, [first]);
    checking = recheckFlags({ letterId, now: NOW });
    await untilSomebodyWaits();
    // A circle, if it held this one while it waits for the first.
    await lockSubjects(tx, [second]);
  });
  expect(await checking).toBe(2);
});

it("of two that want one place in one call the first gets it; what has moved on is left", async () => {
  const { id: letterId, slug } = await openLetter();
  const wanted = [1, 2].map((place) => organisation({ email: `twin${place}@example.org` }));
  const ids: string[] = [];
  for (const input of wanted) ids.push((await waitingSignature(slug, input)).signatureId);
  const { signatureId: moved } = await waitingSignature(slug, individual({ email: "moved@example.org" }));
  const refused = await db.$transaction(async (tx) => {
    const subjects = await lockSubjects(tx, [...ids, moved]);
    await tx.signature.update({ where: { id: moved }, data: { revision: 9 } });
    const changes = subjects.map((subject) => ({
      subject,
      action: "signature.approve",
      after: { state: "APPROVED" } as const,
    }));
    return applyChanges(tx, changes, bySystem(NOW));
  });
  expect(refused).toEqual(
    new Map([
      [ids[1], "already-listed"],
      [moved, "conflict"],
    ]),
  );
  expect((await stored(ids[0] ?? "")).state).toBe("APPROVED");
  for (const id of [ids[1] ?? "", moved]) expect((await stored(id)).state).toBe("VERIFIED");
  expect(await db.auditEntry.count({ where: { letterId, action: "signature.approve" } })).toBe(1);
  expect(await recount(false, NOW)).toEqual([]);
});
