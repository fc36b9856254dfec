import { beforeAll, describe, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { recountStandings } from "@/lib/counts/standing-counts";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { type View, wholeView } from "@/lib/moderation/filters/rules";
import { holdSignature, releaseSignature } from "@/lib/moderation/hold-signature";
import { overview } from "@/lib/moderation/overview";
import { listSignatures, nextWaiting } from "@/lib/moderation/queries";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { signatureDetail } from "@/lib/moderation/signature-detail";
import type { HoldReason } from "@/prisma/generated/enums";
import { individual, later, NOW, openLetter } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";

let admin: Admin;
let count = 0;

beforeAll(async () => {
  admin = await moderator();
});

const sign = (slug: string, at = NOW) =>
  waitingSignature(slug, individual({ email: `apart${++count}@example.org` }), at);
async function signOnHold(slug: string, hold: HoldReason | null = "UNCHECKED", at = NOW) {
  const seen = await sign(slug, at);
  const { letterId } = await db.signature.update({ where: { id: seen.signatureId }, data: { hold } });
  await db.$transaction((tx) => recountStandings(tx, letterId, true));
  return seen;
}
const row = (id: string) => db.signature.findUniqueOrThrow({ where: { id } });
const linesIn = (list: Awaited<ReturnType<typeof listSignatures>>) => list?.lines ?? [];
const listed = async (view: View, slug: string) =>
  linesIn(await listSignatures(admin, wholeView(view)))
    .filter((line) => line.slug === slug)
    .map(({ id }) => id);

describe("hold", () => {
  it("keeps a signature out of the queue and in a list of its own, which says why", async () => {
    const { slug } = await openLetter();
    const [waiting, first, second] = [
      await sign(slug),
      await signOnHold(slug, "BLOCKED", later(1)),
      await signOnHold(slug, "UNCHECKED", later(2)),
    ];
    expect(await listed("VERIFIED", slug)).toEqual([waiting.signatureId]);
    expect(await listed("HOLD", slug)).toEqual([first.signatureId, second.signatureId]);
    const lines = linesIn(await listSignatures(admin, wholeView("HOLD")));
    expect(lines.find(({ id }) => id === first.signatureId)).toMatchObject({
      hold: "BLOCKED",
      flags: [],
    });
    expect(await nextWaiting(admin, waiting.signatureId, wholeView("VERIFIED"))).toBeNull();
    expect(await nextWaiting(admin, first.signatureId, wholeView("HOLD"))).toMatchObject({
      id: second.signatureId,
    });
    const detail = await signatureDetail(admin, first.signatureId);
    expect(detail).toMatchObject({ hold: "BLOCKED", flags: [] });
    expect(detail?.acts).toContain("release");
    expect((await signatureDetail(admin, waiting.signatureId))?.acts).not.toContain("release");
    const shown = (await overview(admin, "en", NOW)).letters.find((letter) => letter.slug === slug);
    expect(shown).toMatchObject({
      states: { VERIFIED: 3 },
      waiting: { queue: 1, onHold: 2, onHoldPending: 0 },
    });
  });

  it("ends by release, once, with a trace and without a mail", async () => {
    const { slug } = await openLetter();
    const seen = await signOnHold(slug);
    const { signatureId } = seen;
    const mails = () => db.mail.findMany({ where: { signatureId, state: "WAITING" } });
    const before = await mails();
    await releaseSignature({ admin, seen, now: later(5) });
    expect(await row(signatureId)).toMatchObject({ state: "VERIFIED", hold: null, revision: 2 });
    expect(await listed("VERIFIED", slug)).toEqual([signatureId]);
    const audit = { signatureId, action: "signature.release", adminId: admin.id };
    expect(await db.auditEntry.count({ where: audit })).toBe(1);
    expect(await mails()).toHaveLength(before.length);
    const again = { admin, seen: await seeNow(signatureId), now: later(6) };
    await expect(releaseSignature(again)).rejects.toMatchObject({ code: "conflict" });
    await expect(releaseSignature({ admin, seen, now: later(6) })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("begins by a moderator's own action, once, without a mail, and stays against a block rule's end", async () => {
    const { slug } = await openLetter();
    const seen = await signOnHold(slug, null);
    const { signatureId } = seen;
    const mails = await db.mail.count({ where: { signatureId } });
    await holdSignature({ admin, seen, now: later(5) });
    expect(await row(signatureId)).toMatchObject({ state: "VERIFIED", hold: "BULK", revision: 2 });
    expect(await listed("HOLD", slug)).toEqual([signatureId]);
    expect(await db.auditEntry.count({ where: { signatureId, action: "signature.hold" } })).toBe(1);
    expect(await db.mail.count({ where: { signatureId } })).toBe(mails);
    const again = { admin, seen: await seeNow(signatureId), now: later(6) };
    await expect(holdSignature(again)).rejects.toMatchObject({ code: "conflict" });
  });

  it("ends by a decision about it, either way", async () => {
    const { slug } = await openLetter();
    const [one, other] = [await signOnHold(slug), await signOnHold(slug, "BULK")];
    await approveSignature({ admin, seen: one, asExpert: false, now: NOW });
    await rejectSignature({ admin, seen: other, reason: "Not a person.", now: NOW });
    expect(await row(one.signatureId)).toMatchObject({ state: "APPROVED", hold: null });
    expect(await row(other.signatureId)).toMatchObject({ state: "REJECTED", hold: null });
    expect(await listed("HOLD", slug)).toEqual([]);
  });

  it("is ended by nobody without the right", async () => {
    const { slug } = await openLetter();
    const seen = await signOnHold(slug);
    const reader = await moderator("rita@example.org", "READER");
    await expect(releaseSignature({ admin: reader, seen, now: NOW })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await row(seen.signatureId)).toMatchObject({ hold: "UNCHECKED", revision: 1 });
  });

  it("is ended by the first of two who act at once", async () => {
    const { slug } = await openLetter();
    const seen = await signOnHold(slug);
    const acts = [
      releaseSignature({ admin, seen, now: NOW }),
      rejectSignature({ admin, seen, reason: "Not a person.", now: NOW }),
    ];
    const done = await Promise.allSettled(acts);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await row(seen.signatureId)).revision).toBe(2);
  });
});
