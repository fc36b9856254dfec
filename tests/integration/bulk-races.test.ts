import { describe, expect, it } from "vitest";
import { recount } from "@/lib/counts/recount";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { undoAction } from "@/lib/moderation/bulk/begin-action";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { withdrawSignatures } from "@/lib/signatures/withdraw-signatures";
import { begin, filtersOf, itemStates, workOff } from "../support/bulk-actions";
import { individual, later, NOW, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";
import { rounds } from "../support/tier";

const ROUNDS = rounds(2, 25);
const every = Array.from({ length: ROUNDS }, (_, round) => round);

const stateOf = async (id: string) => (await seeNow(id)).state;
const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));

/** The item's word on a signature, against the signature itself. */
async function itemOf(bulkActionId: string, signatureId: string) {
  const { state } = await db.bulkItem.findUniqueOrThrow({
    where: { bulkActionId_signatureId: { bulkActionId, signatureId } },
  });
  return state;
}

describe(`an act and others at once, ${ROUNDS} rounds`, () => {
  it("against moderators and a withdrawal: who is first wins, and the counts follow", async () => {
    const admin = await moderator();
    const letter = await openLetter();
    for (const round of every) {
      const mail = (name: string) => `${name}${round}@race.example.org`;
      const [decided, listed, leaving] = [
        await waitingSignature(letter.slug, individual({ email: mail("a") })),
        await waitingSignature(letter.slug, organisation({ email: mail("b"), name: `Example ${round}` })),
        await waitingSignature(letter.slug, individual({ email: mail("c") })),
      ];
      await approveSignature({ admin, seen: listed, asExpert: false, now: NOW });
      const shown = await seeNow(listed.signatureId);
      const filters = filtersOf(letter.id, {
        domains: ["race.example.org"],
        views: ["VERIFIED", "HOLD", "APPROVED"],
      });
      const act = await begin(admin, filters);
      const others = [
        () => approveSignature({ admin, seen: decided, asExpert: false, now: NOW }),
        () => rejectSignature({ admin, seen: shown, reason: "no", now: NOW }),
        () => withdrawSignatures({ email: mail("c"), now: NOW }),
        () => workOff(act),
        () => workOff(act),
      ];
      if (round % 2) others.reverse();
      const refused = codes(await Promise.allSettled(others.map((other) => other())));
      expect(refused.every((code) => code === "conflict")).toBe(true);
      await workOff(act);
      const won = (await itemOf(act, decided.signatureId)) === "DONE";
      expect(await stateOf(decided.signatureId)).toBe(won ? "REJECTED" : "APPROVED");
      expect(await stateOf(listed.signatureId)).toBe("REJECTED");
      expect(["REJECTED", "WITHDRAWN"]).toContain(await stateOf(leaving.signatureId));
      const { DONE = 0, SKIPPED = 0, ...rest } = await itemStates(act);
      expect([DONE + SKIPPED >= 3, rest]).toEqual([true, {}]);
      // What is left of this round must not be chosen in the next.
      await db.signature.updateMany({ where: { letterId: letter.id }, data: { domainHash: null } });
    }
    expect(await recount(false, NOW)).toEqual([]);
  }, 300_000);

  it("undone by two, against approvals: undone once, each signature by one of them", async () => {
    const [admin, other] = [await moderator(), await moderator("other@example.org")];
    const letter = await openLetter();
    for (const round of every) {
      const sign = (name: string) =>
        waitingSignature(letter.slug, individual({ email: `${name}${round}@undo.example.org` }));
      const [one, two] = [await sign("a"), await sign("b")];
      const act = await begin(
        admin,
        filtersOf(letter.id, { domains: ["undo.example.org"], views: ["VERIFIED", "HOLD"] }),
      );
      await workOff(act);
      const seen = await seeNow(one.signatureId);
      const undo = (by: typeof admin) => undoAction({ admin: by, bulkActionId: act, now: later(90) });
      const acts = [
        undo(admin).then(() => workOff(act)),
        undo(other).then(() => workOff(act)),
        approveSignature({ admin, seen, asExpert: false, now: later(90) }),
      ];
      const refused = codes(await Promise.allSettled(acts));
      expect(refused.length).toBeGreaterThanOrEqual(1);
      expect(refused.every((code) => code === "conflict")).toBe(true);
      await workOff(act);
      const back = (await itemOf(act, one.signatureId)) === "UNDONE";
      expect(await stateOf(one.signatureId)).toBe(back ? "VERIFIED" : "APPROVED");
      expect(await stateOf(two.signatureId)).toBe("VERIFIED");
      await db.signature.updateMany({ where: { letterId: letter.id }, data: { domainHash: null } });
    }
    expect(await recount(false, NOW)).toEqual([]);
  }, 300_000);
});
