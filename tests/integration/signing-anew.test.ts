import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import { individual, later, openLetter, organisation } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";

const DAY = 24 * 60;
let boxes = 0;
const mailbox = () => `anew${++boxes}@anew${boxes}.example`;

async function reject(id: string, day: number) {
  const admin = await moderator();
  await rejectSignature({
    admin,
    seen: await seeNow(id),
    reason: "Please give the full name.",
    now: later(day * DAY),
  });
}

describe.each([
  ["an individual", (email: string) => individual({ email })],
  ["an organisation", (email: string) => organisation({ email, name: "Example Trust" })],
])("%s who was rejected", (_, input) => {
  it("may sign anew twice, and no third time", async () => {
    const letter = await openLetter();
    const email = mailbox();
    for (const day of [0, 2, 4]) {
      const { signatureId } = await waitingSignature(letter.slug, input(email), later(day * DAY));
      await reject(signatureId, day);
    }
    await expect(waitingSignature(letter.slug, input(email), later(6 * DAY))).rejects.toMatchObject({
      code: "already-signed",
    });
    const all = await db.signature.findMany({
      where: { letterId: letter.id },
      select: { state: true, claim: true },
    });
    expect(all.map(({ state }) => state).sort()).toEqual(["PENDING", "REJECTED", "REJECTED", "REJECTED"]);
    expect(all.filter(({ claim }) => claim !== null)).toEqual([]);
  });

  it("is no longer approved where a newer one waits, and is where none does", async () => {
    const letter = await openLetter();
    const email = mailbox();
    const admin = await moderator();
    const first = await waitingSignature(letter.slug, input(email));
    const approve = async () =>
      approveSignature({
        admin,
        seen: await seeNow(first.signatureId),
        asExpert: false,
        now: later(5 * DAY),
      });
    await reject(first.signatureId, 1);
    const second = await waitingSignature(letter.slug, input(email), later(2 * DAY));
    await expect(approve()).rejects.toMatchObject({ code: "already-signed" });
    await reject(second.signatureId, 3);
    await approve();
    const [row] = await db.signature.findMany({ where: { id: first.signatureId } });
    expect(row).toMatchObject({ state: "APPROVED", claim: expect.any(String) });
    await expect(waitingSignature(letter.slug, input(email), later(6 * DAY))).rejects.toBeDefined();
  });

  it("shows moderators that they were, and when", async () => {
    const letter = await openLetter();
    const email = mailbox();
    const first = await waitingSignature(letter.slug, input(email));
    await reject(first.signatureId, 1);
    const second = await waitingSignature(letter.slug, input(email), later(2 * DAY));
    const detail = await signatureDetail(await moderator(), second.signatureId);
    expect(detail?.evidence).toContainEqual({
      code: "rejectedOn",
      rejected: [{ signatureId: first.signatureId, at: later(DAY), reported: false }],
    });
  });
});
