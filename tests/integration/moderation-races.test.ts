import { describe, expect, it } from "vitest";
import { readTally } from "@/lib/counts/queries";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { individual, NOW, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { queuedMails } from "../support/queued-mails";
import { rounds } from "../support/tier";

const ROUNDS = rounds(3, 100);
const every = Array.from({ length: ROUNDS }, (_, round) => round);

const outcome = (results: PromiseSettledResult<void>[]) =>
  results.map((result) => (result.status === "fulfilled" ? "done" : result.reason.code)).sort();

describe(`two moderators at once, ${ROUNDS} rounds`, () => {
  it("approving the same signature: one wins, it counts once, one mail", async () => {
    const [one, two] = [await moderator("one@example.org"), await moderator("two@example.org")];
    const letter = await openLetter();
    for (const round of every) {
      const seen = await waitingSignature(
        letter.slug,
        individual({ email: `a${round}@example${round % 4}.org` }),
      );
      const acts = [one, two].map((admin) => approveSignature({ admin, seen, asExpert: true, now: NOW }));
      expect(outcome(await Promise.allSettled(acts))).toEqual(["conflict", "done"]);
      const mails = (await queuedMails(seen.signatureId)).filter(
        ({ message }) => message === "signature-approved",
      );
      expect(mails).toHaveLength(1);
    }
    expect(await readTally(db, letter.id)).toMatchObject({ individuals: ROUNDS, experts: ROUNDS });
    expect(await recount(false, NOW)).toEqual([]);
  }, 300_000);

  it("approving and rejecting the same signature: one wins, the count follows the state", async () => {
    const [one, two] = [await moderator("one@example.org"), await moderator("two@example.org")];
    const letter = await openLetter();
    for (const round of every) {
      const seen = await waitingSignature(
        letter.slug,
        individual({ email: `b${round}@example${round % 4}.org` }),
      );
      const acts = [
        () => approveSignature({ admin: one, seen, asExpert: false, now: NOW }),
        () => rejectSignature({ admin: two, seen, reason: "no", now: NOW }),
      ];
      if (round % 2) acts.reverse();
      expect(outcome(await Promise.allSettled(acts.map((act) => act())))).toEqual(["conflict", "done"]);
      expect((await seeNow(seen.signatureId)).revision).toBe(2);
    }
    const approved = await db.signature.count({ where: { letterId: letter.id, state: "APPROVED" } });
    expect(await readTally(db, letter.id)).toMatchObject({ individuals: approved });
    expect(await recount(false, NOW)).toEqual([]);
  }, 300_000);

  it("approving two signatures of one organisation: one is listed", async () => {
    const admin = await moderator();
    const letter = await openLetter();
    for (const round of every.slice(0, 20)) {
      const sign = (place: number) =>
        waitingSignature(
          letter.slug,
          organisation({ email: `c${round}-${place}@example.org`, name: `Example ${round}` }),
        );
      const both = [await sign(1), await sign(2)];
      const acts = both.map((seen) => approveSignature({ admin, seen, asExpert: false, now: NOW }));
      expect(outcome(await Promise.allSettled(acts))).toEqual(["already-listed", "done"]);
    }
    expect(await readTally(db, letter.id)).toMatchObject({
      organisations: Math.min(20, ROUNDS),
      countries: 1,
    });
  }, 300_000);
});
