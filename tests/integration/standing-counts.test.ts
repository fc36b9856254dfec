import { beforeAll, expect, it } from "vitest";
import type { Admin } from "@/lib/auth/admin";
import { recount } from "@/lib/counts/recount";
import { addUpStandings, standingCounts } from "@/lib/counts/standing-counts";
import { db } from "@/lib/db/client";
import { approveSignature } from "@/lib/moderation/approve-signature";
import { rejectSignature } from "@/lib/moderation/reject-signature";
import { signLetter } from "@/lib/signatures/sign-letter";
import { individual, later, NOW, openLetter } from "../support/letters";
import { moderator, seeNow, waitingSignature } from "../support/moderators";

let admin: Admin;
let count = 0;
const email = () => `standing${++count}@example.org`;

beforeAll(async () => {
  admin = await moderator();
});

const countsOf = async (letterId: string) =>
  Object.fromEntries(
    (await standingCounts())
      .filter((row) => row.letterId === letterId)
      .map(({ state, hold, count: signatures }) => [`${state} ${hold}`, signatures]),
  );

it("follow every change of standing, and stay the same when they are added up", async () => {
  const { id, slug } = await openLetter();
  await signLetter({ slug, locale: "en", input: individual({ email: email() }), now: NOW });
  await waitingSignature(slug, individual({ email: email() }));
  const seen = await waitingSignature(slug, individual({ email: email() }));
  const rejected = await waitingSignature(slug, individual({ email: email() }));
  await approveSignature({ admin, seen, asExpert: false, now: later(1) });
  await rejectSignature({ admin, seen: await seeNow(rejected.signatureId), reason: "None.", now: later(1) });
  const expected = { "PENDING null": 1, "VERIFIED null": 1, "APPROVED null": 1, "REJECTED null": 1 };
  expect(await countsOf(id)).toEqual(expected);
  const rows = () => db.standingCount.count({ where: { letterId: id } });
  expect(await rows()).toBeGreaterThan(4);
  await Promise.all([addUpStandings(), addUpStandings()]);
  await addUpStandings();
  expect(await rows()).toBe(4);
  expect(await countsOf(id)).toEqual(expected);
  expect(await recount(false, NOW)).toEqual([]);
});

it("are compared and fixed by the recount", async () => {
  const { id, slug } = await openLetter();
  await waitingSignature(slug, individual({ email: email() }));
  await db.standingCount.create({ data: { letterId: id, state: "VERIFIED", hold: "BLOCKED", count: 2 } });
  const wrong = { slug, kept: { state: "VERIFIED", hold: "BLOCKED", count: 2 } };
  expect(await recount(true, NOW)).toMatchObject([wrong]);
  expect(await recount(false, NOW)).toEqual([]);
  expect(await countsOf(id)).toEqual({ "VERIFIED null": 1 });
});
